using System.Text.Json;
using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

public sealed class UnitCommandTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    /// <summary>Units installed, systemd there, and "api" in front of this admin API.</summary>
    private async Task InstallAsync(FakeAdmin admin, string onStart = ":")
    {
        FakeSystemd.Install(_sandbox, onStart);
        await _sandbox.RunAsync("init");
        _sandbox.Instance("api", listenPort: admin.Port);
    }

    private static FakeAdmin Daemon() => FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, Answers.QuietStatus));

    private IEnumerable<string> Done => _sandbox.Programs.Calls.Where(c => c.StartsWith("systemctl", StringComparison.Ordinal) && !c.Contains(" show ", StringComparison.Ordinal))
        .Select(c => c.Replace("systemctl --no-ask-password ", "", StringComparison.Ordinal));

    [Fact]
    public async Task Start_SocketAndService_AndSaysWhereItRunsOnceItAnswers()
    {
        await using FakeAdmin admin = Daemon();
        await InstallAsync(admin);

        CommandRun run = await _sandbox.RunAsync("start", "api");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Text.ShouldBe($"✓ api is running: port {admin.Port} → 8080  (starts with the machine after: portok enable api)");
        Done.ShouldBe(["daemon-reload", "daemon-reload", "start -- portok@api.socket portok@api.service"]);
        File.ReadAllText(_sandbox.Combine("units", "portok@api.socket.d", "listen.conf")).ShouldContain($"ListenStream={admin.Port}\n");
        admin.Requests.ShouldHaveSingleItem().ShouldStartWith("GET /__status ");
    }

    [Fact]
    public async Task Start_RunsAlready_IsLeftAlone()
    {
        await using FakeAdmin admin = Daemon();
        await InstallAsync(admin);
        await _sandbox.RunAsync("start", "api");
        int before = Done.Count();

        CommandRun run = await _sandbox.RunAsync("start", "api", "--json");

        JsonElement json = run.OnlyJson();
        (json.GetProperty("action").GetString(), json.GetProperty("activeState").GetString(), json.GetProperty("activePort").GetInt32()).ShouldBe(("start", "active", 8080));
        Done.Skip(before).ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_ServiceThatFails_ShowsTheJournalAndClosesTheSocket()
    {
        await using FakeAdmin admin = Daemon();
        await InstallAsync(admin, onStart: "case $unit in *.service) return 1;; esac");
        _sandbox.Programs.Add("journalctl", """
            echo '{"__REALTIME_TIMESTAMP":"1705314600000000","SYSLOG_IDENTIFIER":"portokd","MESSAGE":"{\"level\":\"error\",\"message\":\"port 3001 is in use by another program\"}"}'
            echo '{"__REALTIME_TIMESTAMP":"1705314600000001","SYSLOG_IDENTIFIER":"systemd","MESSAGE":"portok@api.service: Failed with result"}'
            """);

        CommandRun run = await _sandbox.RunAsync("start", "api");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("portok: api did not start: Job for portok@api.service failed.");
        run.Error.ShouldContain("  port 3001 is in use by another program\n  portok@api.service: Failed with result\n");
        run.Error.ShouldContain("More: portok logs api, portok config api");
        Done.Last().ShouldBe("stop -- portok@api.socket");
    }

    [Theory]
    [InlineData("start")]
    [InlineData("restart")]
    public async Task BringUp_FileAtFault_TouchesNothing(string verb)
    {
        FakeSystemd.Install(_sandbox);
        await _sandbox.RunAsync("init");
        _sandbox.Instance("api", "LISTEN_PORT=3001\nDRAIN_MS=x\n");
        int before = Done.Count();

        CommandRun run = await _sandbox.RunAsync(verb, "api");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("is at fault; nothing was started or stopped:");
        run.Error.ShouldContain("DRAIN_MS=x: must be");
        run.Error.ShouldContain("INITIAL_TARGET_PORT is not set");
        run.Error.ShouldContain("Mend it: portok edit api");
        Done.Skip(before).ShouldBeEmpty();
    }

    [Fact]
    public async Task Restart_SocketThatIsOpen_StaysOpen()
    {
        await using FakeAdmin admin = Daemon();
        await InstallAsync(admin);
        await _sandbox.RunAsync("start", "api");
        int before = Done.Count();

        CommandRun run = await _sandbox.RunAsync("restart", "api");

        run.ExitCode.ShouldBe(0, run.Error);
        Done.Skip(before).ShouldBe(["restart -- portok@api.service"]);
    }

    [Fact]
    public async Task Restart_AnotherPortInTheFile_MovesTheSocket()
    {
        await using FakeAdmin admin = Daemon();
        await using FakeAdmin moved = Daemon();
        await InstallAsync(admin);
        await _sandbox.RunAsync("start", "api");
        _sandbox.Instance("api", listenPort: moved.Port);
        int before = Done.Count();

        CommandRun run = await _sandbox.RunAsync("restart", "api");

        run.ExitCode.ShouldBe(0, run.Error);
        Done.Skip(before).ShouldBe(["daemon-reload", "stop -- portok@api.socket portok@api.service", "start -- portok@api.socket portok@api.service"]);
        moved.Requests.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Stop_StopsTheSocketToo()
    {
        await using FakeAdmin admin = Daemon();
        await InstallAsync(admin);
        await _sandbox.RunAsync("start", "api");
        await _sandbox.RunAsync("enable", "api");

        CommandRun run = await _sandbox.RunAsync("stop", "api");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Text.ShouldBe("✓ api is stopped; it starts again with the machine (portok disable api ends that)");
        Done.Last().ShouldBe("stop -- portok@api.socket portok@api.service");
    }

    [Fact]
    public async Task Enable_Now_EnablesAndStarts_AndDisableNowTheOtherWayRound()
    {
        await using FakeAdmin admin = Daemon();
        await InstallAsync(admin);

        CommandRun enabled = await _sandbox.RunAsync("enable", "api", "--now");
        CommandRun disabled = await _sandbox.RunAsync("disable", "api", "--now", "--json");

        enabled.Text.ShouldBe($"✓ api starts with the machine, and is running: port {admin.Port} → 8080");
        Done.ShouldContain(c => c == "enable -- portok@api.socket portok@api.service");
        JsonElement json = disabled.OnlyJson();
        (json.GetProperty("enabled").GetBoolean(), json.GetProperty("activeState").GetString()).ShouldBe((false, "inactive"));
    }

    [Theory]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("restart")]
    [InlineData("enable")]
    [InlineData("disable")]
    [InlineData("logs")]
    [InlineData("config")]
    [InlineData("edit")]
    [InlineData("remove")]
    [InlineData("token rotate")]
    public async Task Verb_UnknownInstance_IsMetWithTheNearest(string verb)
    {
        _sandbox.Instance("orders");

        CommandRun run = await _sandbox.RunAsync([.. verb.Split(' '), "ordres"]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("There is no instance 'ordres'");
        run.Error.ShouldContain("Did you mean 'orders'?");
        run.Error.ShouldContain($"Usage: portok {verb} <name> [options]");
    }

    [Theory]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("restart")]
    [InlineData("enable")]
    [InlineData("disable")]
    public async Task Verb_NoSystemd_SaysSo(string verb)
    {
        _sandbox.Instance("api");

        CommandRun run = await _sandbox.RunAsync(verb, "api");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("systemd does not run this machine (or container).");
    }

    [Theory]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("enable")]
    public async Task Verb_UnitNotInstalled_SaysToInit(string verb)
    {
        FakeSystemd.Install(_sandbox);
        _sandbox.Instance("api");

        CommandRun run = await _sandbox.RunAsync(verb, "api");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("Install it: portok init");
    }
}

using System.Text.Json;
using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

public sealed class RemoveCommandTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private async Task InstalledAsync()
    {
        FakeSystemd.Install(_sandbox);
        await _sandbox.RunAsync("init");
        await _sandbox.RunAsync("add", "api");
        await _sandbox.RunAsync("add", "web");
        foreach (string end in (string[])["", ".previous", ".lock", ".bad-20240115T103000"])
        {
            _sandbox.File("state/api.json" + end, "x");
        }

        _sandbox.File("state/web.json", "x");
        _sandbox.File("state/api.json5", "somebody else's");
    }

    private static readonly string[] Rest =
        ["config/web.env", "state/api.json5", "state/web.json", "units/portok@.service", "units/portok@.socket", "units/portok@web.socket.d/listen.conf"];

    private IReadOnlyList<string> Files => [.. _sandbox.Files.Where(f => !f.StartsWith("systemd/", StringComparison.Ordinal))];

    [Fact]
    public async Task Remove_Force_StopsFirstAndDeletesEverythingOfTheInstanceAndNothingElse()
    {
        await InstalledAsync();
        File.WriteAllText(_sandbox.Combine("systemd", "portok@api.service"), "active\n");

        CommandRun run = await _sandbox.RunAsync("remove", "api", "--force");

        run.ExitCode.ShouldBe(0, run.Error);
        Files.ShouldBe(Rest);
        string[] calls = [.. _sandbox.Programs.Calls.Where(c => c.Contains("portok@api", StringComparison.Ordinal) && !c.Contains(" show ", StringComparison.Ordinal)).TakeLast(3)];
        calls.ShouldBe((string[])
        [
            "systemctl --no-ask-password stop -- portok@api.socket portok@api.service",
            "systemctl --no-ask-password disable -- portok@api.socket portok@api.service",
            "systemctl --no-ask-password reset-failed -- portok@api.socket portok@api.service",
        ]);
        run.Out.ShouldContain($"deleted {_sandbox.Combine("state", "api.json.bad-20240115T103000")}");
    }

    [Fact]
    public async Task Remove_KeepState_LeavesIt()
    {
        await InstalledAsync();

        JsonElement json = (await _sandbox.RunAsync("remove", "api", "--force", "--keep-state", "--json")).OnlyJson();

        Files.ShouldContain(f => f == "state/api.json.previous");
        Files.ShouldNotContain(f => f == "config/api.env");
        json.GetProperty("kept").GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public async Task Remove_WithoutTerminalOrForce_IsRefused()
    {
        await InstalledAsync();
        IReadOnlyList<string> before = _sandbox.Files;

        CommandRun run = await _sandbox.RunAsync("remove", "api");
        CommandRun json = await _sandbox.RunAsync("remove", "api", "--json");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("Give --force when that is meant.");
        json.ExitCode.ShouldBe(2);
        json.OnlyJson().GetProperty("error").GetString().ShouldBe("Wrong use");
        _sandbox.Files.ShouldBe(before);
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("YES\n", true)]
    [InlineData("\n", false)]
    [InlineData("", false)]
    [InlineData("no\n", false)]
    public async Task Remove_AtATerminal_SaysWhatItDeletesAndAsks(string answer, bool removed)
    {
        await InstalledAsync();

        CommandRun run = await _sandbox.AtTerminalAsync(answer, "remove", "api");

        run.Out.ShouldContain("stop and disable portok@api");
        run.Out.ShouldContain($"delete {_sandbox.Combine("config", "api.env")}");
        run.Error.ShouldContain("Remove api? [y/N]");
        run.ExitCode.ShouldBe(removed ? 0 : 1);
        File.Exists(_sandbox.Combine("config", "api.env")).ShouldBe(!removed);
        File.Exists(_sandbox.Combine("state", "api.json")).ShouldBe(!removed);
    }

    [Fact]
    public async Task Remove_DaemonThatWillNotStop_DeletesNothing()
    {
        await InstalledAsync();
        _sandbox.Programs.Add("systemctl", """
            case "$2" in
              show) printf 'Id=portok@api.socket\nLoadState=loaded\n\nId=portok@api.service\nLoadState=loaded\n';;
              stop) echo 'Job timed out' >&2; exit 1;;
            esac
            """);
        IReadOnlyList<string> before = _sandbox.Files;

        CommandRun run = await _sandbox.RunAsync("remove", "api", "--force");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("Job timed out");
        _sandbox.Files.ShouldBe(before);
    }

    [Fact]
    public async Task Remove_FaultyFileWithoutSystemd_StillWorks()
    {
        _sandbox.Instance("api", "LISTEN_PORT=x\n");
        _sandbox.File("state/api.json", "x");

        CommandRun run = await _sandbox.RunAsync("remove", "api", "--force");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("No unit was stopped.");
        _sandbox.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Clean_Force_LeavesNothingButWhatOthersPutThere()
    {
        await InstalledAsync();
        _sandbox.File("state/gone.json.previous", "of an instance that was removed with --keep-state");
        _sandbox.File("config/notes.txt", "x");

        CommandRun run = await _sandbox.RunAsync("clean", "--force");

        run.ExitCode.ShouldBe(0, run.Error);
        Files.ShouldBe(["config/notes.txt", "state/api.json5"]);
        run.Out.ShouldContain("Clean: 2 instances removed");
        run.Out.ShouldContain($"kept    {_sandbox.Combine("config", "notes.txt")}");
    }

    [Fact]
    public async Task Clean_NothingOfOthers_TakesTheFoldersToo()
    {
        await InstalledAsync();
        File.Delete(_sandbox.Combine("state", "api.json5"));

        await _sandbox.RunAsync("clean", "--force");

        Directory.Exists(_sandbox.Combine("config")).ShouldBeFalse();
        Directory.Exists(_sandbox.Combine("state")).ShouldBeFalse();
    }

    [Fact]
    public async Task Clean_WithoutTerminalOrForce_IsRefused()
    {
        await InstalledAsync();
        IReadOnlyList<string> before = _sandbox.Files;

        CommandRun run = await _sandbox.RunAsync("clean");

        run.ExitCode.ShouldBe(2);
        _sandbox.Files.ShouldBe(before);
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Portok.Cli.CommandLine;
using Portok.Cli.Tests.Migration;
using Portok.Cli.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Doctor;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public DoctorCommandTests()
    {
        _sandbox.Programs.Add("portokd", $"echo 'portokd {ProductVersion.Text}'");
        _sandbox.Programs.Add("timedatectl", "echo yes");
    }

    public void Dispose() => _sandbox.Dispose();

    private static string Status(string instance, int port, string lastSwitch = "null") => FakeAdmin.Json(200,
        $$"""{"activePort":{{port}},"drainUntil":null,"lastSwitch":{{lastSwitch}},"instance":"{{instance}}","version":"{{ProductVersion.Text}}","uptimeSeconds":5,"rollback":{"armedUntil":null,"failures":0,"previousPort":null},"drain":null,"drains":[]}""");

    private string Private(string name, int listenPort, int targetPort)
    {
        string file = _sandbox.Instance(name, listenPort, targetPort);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        return file;
    }

    private async Task InitAsync()
    {
        (await _sandbox.RunAsync("init")).ExitCode.ShouldBe(0);
    }

    /// <summary>The checks of one instance (null: the machine) by name.</summary>
    private async Task<Dictionary<string, JsonElement>> ChecksAsync(string? instance, params string[] more)
    {
        JsonElement json = (await _sandbox.RunAsync(["doctor", "--json", .. more])).OnlyJson();
        return json.GetProperty("checks").EnumerateArray()
            .Where(c => string.Equals(c.TryGetProperty("instance", out JsonElement of) ? of.GetString() : null, instance, StringComparison.Ordinal))
            .ToDictionary(c => c.GetProperty("check").GetString()!, StringComparer.Ordinal);
    }

    private static (string? Verdict, string? Mend) Of(JsonElement check) =>
        (check.GetProperty("verdict").GetString(), check.TryGetProperty("mend", out JsonElement mend) ? mend.GetString() : null);

    [Fact]
    public async Task Doctor_EmptyMachine_FailsWithTheCommandThatMends()
    {
        CommandRun run = await _sandbox.RunAsync("doctor");

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldContain("✗ unit       portok@.service is not installed\n");
        run.Out.ShouldContain("→ portok init\n");
        run.Out.ShouldContain("→ portok add NAME\n");
        run.Out.ShouldContain("systemd does not run this machine");
    }

    [Fact]
    public async Task Doctor_HealthyInstance_Is0AndEveryInstancesCheckIsOk()
    {
        await InitAsync();
        await using FakeAdmin app = FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, "{}"));
        await using FakeAdmin daemon = FakeAdmin.OnTcp(_ => Status("api", app.Port));
        Private("api", daemon.Port, app.Port);
        _sandbox.Environment.Remove("PORTOK_DAEMON");

        CommandRun run = await _sandbox.RunAsync("doctor", "api");
        Dictionary<string, JsonElement> checks = await ChecksAsync("api");

        foreach (string name in (string[])["settings", "secrets", "daemon", "token", "target", "state"])
        {
            Of(checks[name]).ShouldBe(("ok", null), name + run.Out);
        }

        run.Out.ShouldContain($"✓ target       GET /health at 127.0.0.1:{app.Port}: HTTP 200 in ");
    }

    [Fact]
    public async Task Doctor_FaultsInAFile_AreAllListed()
    {
        _sandbox.Instance("api", "LISTEN_PORT=0\nINITIAL_TARGET_PORT=8081\nROLLBACK_FAIL_THRESHOLD=0\n");

        Dictionary<string, JsonElement> checks = await ChecksAsync("api");

        Of(checks["settings"]).ShouldBe(("fault", "portok edit api"));
        string[] detail = [.. checks["settings"].GetProperty("detail").EnumerateArray().Select(d => d.GetString()!)];
        detail.Length.ShouldBe(3);
        detail.ShouldContain(d => d.StartsWith("LISTEN_PORT=0", StringComparison.Ordinal));
        checks.Keys.ShouldBe(["settings", "secrets", "target", "state"], ignoreOrder: true);
        detail.ShouldContain(d => d.StartsWith("ADMIN_TOKEN", StringComparison.Ordinal));
        detail.ShouldContain(d => d.StartsWith("ROLLBACK_FAIL_THRESHOLD=0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_TokenEverybodyCanRead_IsAFault()
    {
        string file = _sandbox.Instance("api", FreePort.Next(), FreePort.Next());
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        Of((await ChecksAsync("api"))["secrets"]).ShouldBe(("fault", $"chmod 640 {file}"));
    }

    [Fact]
    public async Task Doctor_WrongToken_IsToldFromADaemonOutOfReach()
    {
        await using FakeAdmin daemon = FakeAdmin.OnTcp(_ => FakeAdmin.Json(401, Answers.Unauthorized));
        Private("api", daemon.Port, FreePort.Next());

        Dictionary<string, JsonElement> checks = await ChecksAsync("api");

        Of(checks["daemon"]).Verdict.ShouldBe("ok");
        Of(checks["token"]).Verdict.ShouldBe("fault");
        checks["token"].GetProperty("summary").GetString().ShouldBe("the daemon does not take the file's token (401)");
    }

    [Fact]
    public async Task Doctor_DaemonDownAndAppDown_SaysSoForEach()
    {
        int target = FreePort.Next();
        string file = Private("api", FreePort.Next(), target);

        Dictionary<string, JsonElement> checks = await ChecksAsync("api");

        Of(checks["daemon"]).ShouldBe(("fault", $"portokd --env-file {file}"));
        checks.ShouldNotContainKey("token");
        Of(checks["target"]).ShouldBe(("fault", $"start your app on {target}, then: portok health api"));
        checks["target"].GetProperty("summary").GetString().ShouldBe($"Nothing listens on {target}, the active port");
    }

    [Fact]
    public async Task Doctor_AppOnIPv6LoopbackOnly_IsNamedAsTheTrapItIs()
    {
        using Socket app = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        app.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        app.Listen();
        int port = ((IPEndPoint)app.LocalEndPoint!).Port;
        Private("api", FreePort.Next(), port);

        JsonElement check = (await ChecksAsync("api"))["target"];

        check.GetProperty("summary").GetString().ShouldBe($"The app on {port} listens on ::1 only, and Portok connects to 127.0.0.1");
        Of(check).ShouldBe(("fault", $"have your app listen on 127.0.0.1:{port}, then: portok health api"));
    }

    [Fact]
    public async Task Doctor_AppDownAfterASwitch_NamesTheHealthyPortBeforeIt()
    {
        await using FakeAdmin before = FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, "{}"));
        int gone = FreePort.Next();
        await using FakeAdmin daemon = FakeAdmin.OnTcp(_ => Status("api", gone, $$"""{"from":{{before.Port}},"to":{{gone}},"at":"2024-01-15T10:30:00.000Z","reason":"manual","id":"5f0c"}"""));
        Private("api", daemon.Port, before.Port);

        JsonElement check = (await ChecksAsync("api"))["target"];

        check.GetProperty("detail")[0].GetString().ShouldBe($"The port before it, {before.Port}, is healthy: portok switch {before.Port} api");
    }

    [Fact]
    public async Task Doctor_InstanceOfNpmPortok_IsNotJudgedAsOneOfOurs()
    {
        await using FakeAdmin app = FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, "{}"));
        await using FakeAdmin daemon = FakeAdmin.OnTcp(_ => FakeAdmin.Json(200, $$"""{"activePort":{{app.Port}},"drainUntil":null,"lastSwitch":null}"""));
        Private("api", daemon.Port, FreePort.Next());
        _sandbox.File("units/portok@.service", NpmFiles.Unit);

        Dictionary<string, JsonElement> checks = await ChecksAsync("api");

        checks.Keys.ShouldBeSubsetOf(["settings", "service", "port", "target"], StringComparer.Ordinal);
        Of(checks["target"]).Verdict.ShouldBe("ok", "the port is the one that npm portok says");
        Of((await ChecksAsync(instance: null))["npm portok"]).ShouldBe(("warning", "portok init --take-over"));
    }

    [Fact]
    public async Task Doctor_UnhealthyApp_IsAFaultWithItsStatus()
    {
        await using FakeAdmin app = FakeAdmin.OnTcp(_ => FakeAdmin.Json(503, "{}"));
        Private("api", FreePort.Next(), app.Port);

        JsonElement check = (await ChecksAsync("api"))["target"];

        Of(check).ShouldBe(("fault", $"curl -i http://127.0.0.1:{app.Port}/health"));
        check.GetProperty("summary").GetString()!.ShouldContain("HTTP 503");
    }

    [Fact]
    public async Task Doctor_PortOfAnotherProgram_NamesIt()
    {
        await using FakeAdmin stranger = FakeAdmin.OnTcp(_ => "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nhello");
        Private("api", stranger.Port, FreePort.Next());

        JsonElement check = (await ChecksAsync("api"))["port"];

        Of(check).ShouldBe(("fault", "portok edit api"));
        check.GetProperty("summary").GetString()!.ShouldContain($"(process {Environment.ProcessId})");
    }

    [Fact]
    public async Task Doctor_TwoInstancesOnOnePort_BothSayWhichTheOtherIs()
    {
        int port = FreePort.Next();
        Private("api", port, FreePort.Next());
        Private("web", port, FreePort.Next());

        (await ChecksAsync("api"))["port"].GetProperty("summary").GetString().ShouldBe($"{port} is LISTEN_PORT of the instance 'web' too");
        (await ChecksAsync("web", "web"))["port"].GetProperty("summary").GetString().ShouldBe($"{port} is LISTEN_PORT of the instance 'api' too");
    }

    [Fact]
    public async Task Doctor_TornState_SaysWhatTheDaemonWillDo()
    {
        Private("api", FreePort.Next(), 8081);
        _sandbox.File("state/api.json", "{\"activePort\": 80");
        _sandbox.File("state/api.json.previous", """{"activePort":8085,"lastSwitch":null}""");

        JsonElement check = (await ChecksAsync("api"))["state"];

        Of(check).ShouldBe(("fault", "portok restart api"));
        check.GetProperty("summary").GetString().ShouldBe($"{_sandbox.Combine("state", "api.json")} is not JSON (line 1)");
        check.GetProperty("detail")[0].GetString().ShouldBe("At its next start the daemon sets the file aside and goes on with the previous state: port 8085.");
    }

    [Fact]
    public async Task Doctor_UnitThatWasChanged_ShowsTheLines()
    {
        await InitAsync();
        string unit = _sandbox.Combine("units", "portok@.service");
        await File.WriteAllTextAsync(unit, (await File.ReadAllTextAsync(unit, TestContext.Current.CancellationToken)).Replace("LimitNOFILE=524288", "LimitNOFILE=1024", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        CommandRun run = await _sandbox.RunAsync("doctor");

        run.Out.ShouldContain("-LimitNOFILE=1024\n");
        run.Out.ShouldContain("+LimitNOFILE=524288\n");
    }

    [Fact]
    public async Task Doctor_PortokdOfAnotherVersion_IsAWarning()
    {
        _sandbox.Programs.Add("portokd", "echo 'portokd 0.0.1'");

        JsonElement check = (await ChecksAsync(instance: null))["programs"];

        Of(check).Verdict.ShouldBe("warning");
        check.GetProperty("summary").GetString().ShouldBe($"portok is {ProductVersion.Text}, portokd is 0.0.1");
    }

    [Fact]
    public async Task Doctor_ProgramThatHangs_HoldsUpNobodyForLong()
    {
        _sandbox.Programs.Add("timedatectl", "exec sleep 60");
        long started = TimeProvider.System.GetTimestamp();

        JsonElement check = (await ChecksAsync(instance: null))["clock"];

        Of(check).Verdict.ShouldBe("unknown");
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Doctor_UnknownInstance_IsWrongUseWithTheNearest()
    {
        Private("api", FreePort.Next(), FreePort.Next());

        CommandRun run = await _sandbox.RunAsync("doctor", "apj");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("Did you mean 'api'?");
    }
}

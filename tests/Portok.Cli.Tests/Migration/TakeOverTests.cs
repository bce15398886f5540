using Portok.Cli.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Migration;

public sealed class TakeOverTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private string Template => _sandbox.Combine("units", "portok@.service");

    private string Kept => _sandbox.Combine("units", "portok@.service.npm");

    private bool IsNew => !File.ReadAllText(Template).Contains("node", StringComparison.Ordinal);

    private Dictionary<string, string> Everything => _sandbox.Files.ToDictionary(f => f, f => File.ReadAllText(_sandbox.Combine(f)), StringComparer.Ordinal);

    private bool WasStarted => _sandbox.Programs.Calls.Any(c => c.Contains(" start ", StringComparison.Ordinal) && c.Contains("portok@api.service", StringComparison.Ordinal));

    /// <summary>Stands for the old daemon and, once the service has been started anew, for the new one.</summary>
    private FakeAdmin Daemon(int newPort = 8082) => FakeAdmin.OnTcp(_ => WasStarted
        ? FakeAdmin.Json(200, Answers.QuietStatus.Replace("8080", $"{newPort}", StringComparison.Ordinal))
        : FakeAdmin.Json(200, """{"activePort":8082,"drainUntil":null,"lastSwitch":null}"""));

    private void RunsUnderSystemd(string onStart = ":")
    {
        FakeSystemd.Install(_sandbox, onStart);
        _sandbox.File("systemd/portok@api.service", "active\n");
    }

    [Fact]
    public async Task DryRun_SaysWhatItWouldDo_AndChangesNothing()
    {
        NpmFiles.Install(_sandbox, FreePort.Next(), FreePort.Next());
        Dictionary<string, string> before = Everything;

        CommandRun run = await _sandbox.RunAsync("init", "--dry-run");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain($"→ Keep npm portok's {Template} as {Kept}\n");
        run.Out.ShouldContain($"api's state stays in {_sandbox.Combine("state", "api.json")} (active port 8082)");
        run.Out.ShouldContain($"→ Copy web's state from {_sandbox.Combine("state", "default.json")} to {_sandbox.Combine("state", "web.json")} (active port 8092)");
        Everything.ShouldBe(before);
    }

    [Fact]
    public async Task Init_NobodyToAsk_RefusesAndChangesNothing()
    {
        NpmFiles.Install(_sandbox, FreePort.Next(), FreePort.Next());
        Dictionary<string, string> before = Everything;

        CommandRun run = await _sandbox.RunAsync("init");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("'portok init --take-over' does it");
        Everything.ShouldBe(before);
    }

    [Theory]
    [InlineData("n\n", 1)]
    [InlineData("\n", 1)]
    [InlineData("y\n", 0)]
    public async Task Init_AtATerminal_AsksAndDoesWhatIsSaid(string typed, int exitCode)
    {
        NpmFiles.Install(_sandbox, FreePort.Next(), FreePort.Next());

        CommandRun run = await _sandbox.AtTerminalAsync(typed, "init");

        run.ExitCode.ShouldBe(exitCode, run.Error);
        run.Error.ShouldContain("Take it over? [y/N]");
        IsNew.ShouldBe(exitCode == 0);
    }

    [Fact]
    public async Task TakeOver_KeepsPortsTokensAndState_AndTheOldUnitAside()
    {
        NpmFiles.Install(_sandbox, FreePort.Next(), FreePort.Next());
        Dictionary<string, string> before = Everything;

        CommandRun run = await _sandbox.RunAsync("init", "--take-over");

        run.ExitCode.ShouldBe(0, run.Error);
        (await File.ReadAllTextAsync(Kept, TestContext.Current.CancellationToken)).ShouldBe(NpmFiles.Unit);
        IsNew.ShouldBeTrue();
        foreach (string same in (string[])["config/api.env", "config/web.env", "state/api.json", "state/default.json"])
        {
            Everything[same].ShouldBe(before[same]);
        }

        Everything["state/web.json"].ShouldBe(before["state/default.json"]);
        File.GetUnixFileMode(_sandbox.Combine("config", "api.env")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        CommandRun again = await _sandbox.RunAsync("init", "--take-over");
        again.Out.ShouldContain("Everything was there.");
    }

    [Fact]
    public async Task TakeOver_RunningService_IsRestartedAndItsPortChecked()
    {
        await using FakeAdmin daemon = Daemon();
        NpmFiles.Install(_sandbox, daemon.Port, FreePort.Next());
        RunsUnderSystemd();

        CommandRun run = await _sandbox.RunAsync("init", "--take-over");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("✓ Restarted portok@api.service into the new daemon; 8082 is still its active port\n");
        run.Out.ShouldContain("portok@web.service does not run");
        WasStarted.ShouldBeTrue();
        _sandbox.Programs.Calls.ShouldNotContain(c => c.Contains(" start ", StringComparison.Ordinal) && c.Contains("portok@web", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TakeOver_NewDaemonDoesNotStart_OldOneIsPutBack()
    {
        await using FakeAdmin daemon = Daemon();
        NpmFiles.Install(_sandbox, daemon.Port, FreePort.Next());
        // Only npm portok's unit, under the instance's own name, comes up.
        RunsUnderSystemd($"case $unit in *.socket) true;; *) [ -e '{_sandbox.Combine("units")}'/$unit ];; esac");

        CommandRun run = await _sandbox.RunAsync("init", "--take-over");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("npm portok is back for api and answers");
        run.Error.ShouldContain("api, web");
        Everything["units/portok@api.service"].ShouldBe(NpmFiles.Unit);
        Everything["units/portok@web.service"].ShouldBe(NpmFiles.Unit);
        Everything["systemd/portok@api.service"].ShouldBe("active\n");
        Everything["systemd/portok@api.socket"].ShouldBe("inactive\n");

        // And the second time, when nothing is in the way any more.
        RunsUnderSystemd();
        CommandRun again = await _sandbox.RunAsync("init", "--take-over");
        again.ExitCode.ShouldBe(0, again.Error);
        _sandbox.Files.ShouldNotContain("units/portok@api.service", StringComparer.Ordinal);
        _sandbox.Files.ShouldNotContain("units/portok@web.service", StringComparer.Ordinal);
    }

    [Fact]
    public async Task TakeOver_NewDaemonTakesAnotherPort_OldOneIsPutBack()
    {
        await using FakeAdmin daemon = Daemon(newPort: 8081);
        NpmFiles.Install(_sandbox, daemon.Port, FreePort.Next());
        RunsUnderSystemd();

        CommandRun run = await _sandbox.RunAsync("init", "--take-over");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("api: the new daemon's active port is 8081, npm portok's was 8082.");
        Everything["units/portok@api.service"].ShouldBe(NpmFiles.Unit);
    }

    [Theory]
    [InlineData("STATE_FILE")]
    [InlineData("ADMIN_UNIX_SOCKET")]
    public async Task TakeOver_FileWhereTheNewUnitMayNotWrite_IsNamedWithWhatOpensIt(string setting)
    {
        NpmFiles.Install(_sandbox, FreePort.Next(), FreePort.Next());
        string file = _sandbox.File("config/web.env", $"LISTEN_PORT={FreePort.Next()}\nINITIAL_TARGET_PORT=8091\nADMIN_TOKEN={NpmFiles.Token}\n{setting}=/srv/data/x\n");
        Dictionary<string, string> before = Everything;

        CommandRun run = await _sandbox.RunAsync("init", "--take-over");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain($"{file}: {setting}=/srv/data/x: the new unit lets its daemon write in {_sandbox.Combine("state")} only.");
        Everything.ShouldBe(before);

        _sandbox.File("units/portok@web.service.d/paths.conf", "[Service]\nReadWritePaths=/srv/data\n");
        (await _sandbox.RunAsync("init", "--take-over")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task TakeOver_FileThatTheNewDaemonRefuses_IsNamedAndNothingIsChanged()
    {
        NpmFiles.Install(_sandbox, FreePort.Next(), FreePort.Next());
        string file = _sandbox.File("config/api.env", NpmFiles.Api(_sandbox, 3001) + "SERVER_HEADERS_TIMEOUT=1000\n");
        Dictionary<string, string> before = Everything;

        CommandRun run = await _sandbox.RunAsync("init", "--take-over");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain($"{file}: SERVER_HEADERS_TIMEOUT=1000: must be larger than SERVER_KEEPALIVE_TIMEOUT=5000");
        Everything.ShouldBe(before);
    }
}

using System.Text.Json;
using Portok.Cli.Files;
using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

public sealed class InitCommandTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    private string Unit => _sandbox.Combine("units", "portok@.service");

    [Fact]
    public async Task Init_MakesFoldersAndUnits_AndTheSecondTimeNothing()
    {
        Directory.Delete(_sandbox.Combine("config"));
        Directory.Delete(_sandbox.Combine("state"));

        CommandRun first = await _sandbox.RunAsync("init");
        string[] lines = await File.ReadAllLinesAsync(Unit, TestContext.Current.CancellationToken);
        CommandRun second = await _sandbox.RunAsync("init");

        first.ExitCode.ShouldBe(0, first.Error);
        first.Out.ShouldContain($"✓ Made {_sandbox.Combine("config")} (0750), the folder of env files");
        first.Out.ShouldContain($"✓ Wrote {Unit}");
        first.Out.ShouldContain("Next: portok add NAME");
        Modes.Octal(File.GetUnixFileMode(_sandbox.Combine("state"))).ShouldBe("0750");
        Modes.Octal(File.GetUnixFileMode(Unit)).ShouldBe("0644");
        lines.ShouldContain(l => l == $"ExecStart={_sandbox.Combine("bin", "portokd")} --env-file {_sandbox.Combine("config")}/%i.env");
        second.ExitCode.ShouldBe(0);
        second.Out.ShouldNotContain("✓");
        second.Out.ShouldContain("Everything was there.");
    }

    [Fact]
    public async Task Init_DryRun_SaysWhatItWouldDoAndDoesNothing()
    {
        CommandRun run = await _sandbox.RunAsync("init", "--dry-run");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain($"→ Write {Unit}");
        run.Out.ShouldContain("Nothing was done");
        _sandbox.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Init_OlderUnit_IsUpgradedWithTheDifferenceShown()
    {
        await _sandbox.RunAsync("init");
        await File.WriteAllTextAsync(Unit, (await File.ReadAllTextAsync(Unit, TestContext.Current.CancellationToken)).Replace("Restart=always", "Restart=on-failure", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        CommandRun run = await _sandbox.RunAsync("init");

        run.Out.ShouldContain($"✓ Upgraded {Unit}");
        run.Out.ShouldContain("    -Restart=on-failure\n    +Restart=always\n");
        run.Out.ShouldContain("until 'portok restart NAME'");
        (await File.ReadAllTextAsync(Unit, TestContext.Current.CancellationToken)).ShouldContain("\nRestart=always\n");
    }

    [Fact]
    public async Task Init_WithoutExecPath_KeepsTheProgramOfTheInstalledUnit()
    {
        _sandbox.Environment.Remove("PORTOK_DAEMON");
        string other = _sandbox.File("other/portokd", "#!/bin/sh\n");
        File.SetUnixFileMode(other, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await _sandbox.RunAsync("init", "--exec-path", other);

        CommandRun run = await _sandbox.RunAsync("init");

        run.Out.ShouldContain($"portokd: {other}");
        (await File.ReadAllTextAsync(Unit, TestContext.Current.CancellationToken)).ShouldContain($"ExecStart={other} ");
    }

    [Theory]
    [InlineData("--nvm")]
    [InlineData("--node-path /usr/bin/node")]
    public async Task Init_OptionsOfTheOldPortok_AreAnsweredWithAnExplanation(string old)
    {
        CommandRun run = await _sandbox.RunAsync(["init", .. old.Split(' ')]);

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain("portokd runs without Node. --exec-path PATH names the portokd to run, --home is for one under a home folder.");
    }

    [Fact]
    public async Task Init_Home_LetsTheUnitReadHomeFolders()
    {
        await _sandbox.RunAsync("init", "--home");

        (await File.ReadAllLinesAsync(Unit, TestContext.Current.CancellationToken)).ShouldContain(l => l == "ProtectHome=read-only");
    }

    [Fact]
    public async Task Init_ProgramThatIsNone_IsWrongUse()
    {
        CommandRun run = await _sandbox.RunAsync("init", "--exec-path", "/nonexistent/portokd");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("--exec-path '/nonexistent/portokd' is no program that can be executed.");
        run.Error.ShouldContain("Usage: portok init [options]");
        _sandbox.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Init_Json_HasEveryStepWithItsOutcome()
    {
        FakeSystemd.Install(_sandbox);

        JsonElement json = (await _sandbox.RunAsync("init", "--json")).OnlyJson();

        json.GetProperty("steps").EnumerateArray().Select(s => $"{s.GetProperty("step").GetString()} {s.GetProperty("outcome").GetString()}")
            .ShouldBe(["config done", "state done", "units there", "service done", "socket done"]);
        _sandbox.Programs.Calls.ShouldContain(c => c == "systemctl --no-ask-password daemon-reload");
    }
}

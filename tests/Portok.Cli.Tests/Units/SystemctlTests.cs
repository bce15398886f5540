using Portok.Cli.CommandLine;
using Portok.Cli.Processes;
using Portok.Cli.Tests.Support;
using Portok.Cli.Units;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Units;

public sealed class SystemctlTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakePrograms _programs;
    private readonly Systemctl _systemctl;

    public SystemctlTests()
    {
        _programs = new FakePrograms(_folder);
        _systemctl = new Systemctl(new ProgramRunner(TestHost.With(Env.Of(("PATH", _programs.Path)))));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Show_TwoUnits_ReadsBothBlocks()
    {
        _programs.Add("systemctl", """
            printf 'Id=portok@a.service\nLoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled\nMainPID=42\nListen=\n'
            printf '\nId=portok@b.service\nLoadState=not-found\nActiveState=inactive\nSubState=dead\nMainPID=0\n'
            """);

        IReadOnlyList<UnitState> states = await _systemctl.ShowAsync(["portok@a.service", "portok@b.service"], CancellationToken.None);

        states.Count.ShouldBe(2);
        (states[0].Id, states[0].IsInstalled, states[0].IsActive, states[0].IsEnabled, states[0].MainPid).ShouldBe(("portok@a.service", true, true, true, 42));
        (states[1].Id, states[1].IsInstalled, states[1].IsActive, states[1].IsEnabled, states[1].MainPid).ShouldBe(("portok@b.service", false, false, false, 0));
        _programs.Calls.ShouldHaveSingleItem().ShouldEndWith("-- portok@a.service portok@b.service");
    }

    [Theory]
    [InlineData("System has not been booted with systemd as init system (PID 1). Can't operate.", 1, "No systemd")]
    [InlineData("Failed to connect to bus: Host is down", 1, "No systemd")]
    [InlineData("Failed to start x.service: Access denied", 4, "Not allowed")]
    [InlineData("Failed to start x.service: Interactive authentication required.", 4, "Not allowed")]
    [InlineData("Failed to start x.service: Unit x.service not found.", 1, "systemctl failed")]
    public async Task Do_Refused_SaysWhyWithItsExitCode(string said, int exitCode, string error)
    {
        _programs.Add("systemctl", $"echo \"{said}\" >&2; exit 1");

        CommandFailure failure = await Should.ThrowAsync<CommandFailure>(() => _systemctl.DoAsync("start", ["x.service"], CancellationToken.None));

        (failure.ExitCode, failure.Error).ShouldBe((exitCode, error));
    }

    [Fact]
    public async Task Try_Refused_IsTheCallersToJudge()
    {
        _programs.Add("systemctl", "echo no >&2; exit 5");

        ProgramResult result = await _systemctl.TryAsync("start", ["x.service"], CancellationToken.None);

        (result.ExitCode, result.Complaint).ShouldBe((5, "no"));
        _programs.Calls.ShouldBe(["systemctl --no-ask-password start -- x.service"]);
    }
}

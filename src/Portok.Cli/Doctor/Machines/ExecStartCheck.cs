using Portok.Cli.CommandLine;
using Portok.Cli.Migration;
using Portok.Cli.Setup;
using Portok.Cli.Units;

namespace Portok.Cli.Doctor.Machines;

/// <summary>What the service unit runs is there, can be executed, and is not hidden from it.</summary>
internal sealed class ExecStartCheck(MachineFacts machine) : ICheck
{
    public string Name => "ExecStart";

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        if (machine.Machine.Units.FileOf(UnitFile.Service) is not { } unit)
        {
            return null;
        }

        string text = await File.ReadAllTextAsync(unit, cancellation).ConfigureAwait(false);
        if (NpmUnit.Read(unit, text) is not null)
        {
            return null;
        }

        if (UnitFile.ExecPathOf(text) is not { } program)
        {
            return Finding.Fault($"{unit} has no ExecStart=", machine.AsAdministrator("portok init"));
        }

        if (machine.Machine.Programs.Find(program) is null)
        {
            return File.Exists(program)
                ? Finding.Fault($"{program} is not executable", machine.AsAdministrator($"chmod a+x {program}"))
                : Missing(unit, program);
        }

        if (UnitChoices.IsUnderHome(program) && !text.Contains("ProtectHome=read-only", StringComparison.Ordinal))
        {
            return Finding.Fault($"{program} lies under a home folder, which the unit hides from it", machine.AsAdministrator($"portok init --exec-path {program} --home"));
        }

        return await new Reachability(machine.Machine).LookAsync(program, cancellation).ConfigureAwait(false) is { } obstacle
            ? Finding.Fault(obstacle.Words, machine.AsAdministrator(obstacle.Mend))
            : Finding.Ok($"{program} is there and executable");
    }

    /// <summary>init writes the one it finds into the unit; where there is none, only an installation helps.</summary>
    private Finding Missing(string unit, string program)
    {
        string init = machine.AsAdministrator("portok init");
        try
        {
            DaemonProgram other = DaemonProgram.Find(execPath: null, home: false, machine.Host, machine.Machine);
            return Finding.Fault($"{program} is not there", init, $"{unit} runs it. init finds {other.Path} and has the unit run that.");
        }
        catch (CommandFailure)
        {
            return Finding.Fault($"{program} is not there", $"install portokd {ProductVersion.Text} again, then: {init}", $"{unit} runs it, and there is no portokd beside portok or in PATH.");
        }
    }
}

using Portok.Cli.Migration;
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

        string init = machine.AsAdministrator("portok init --exec-path PATH");
        if (UnitFile.ExecPathOf(text) is not { } program)
        {
            return Finding.Fault($"{unit} has no ExecStart=", machine.AsAdministrator("portok init"));
        }

        if (machine.Machine.Programs.Find(program) is null)
        {
            return File.Exists(program)
                ? Finding.Fault($"{program} is not executable", machine.AsAdministrator($"chmod a+x {program}"))
                : Finding.Fault($"{program} is not there", init, $"{unit} runs it.");
        }

        return UnitChoices.IsUnderHome(program) && !text.Contains("ProtectHome=read-only", StringComparison.Ordinal)
            ? Finding.Fault($"{program} lies under a home folder, which the unit hides from it", machine.AsAdministrator($"portok init --exec-path {program} --home"))
            : Finding.Ok($"{program} is there and executable");
    }
}

using Portok.Cli.Migration;
using Portok.Cli.Units;

namespace Portok.Cli.Doctor.Machines;

/// <summary>A template unit is installed, is what this portok would install, and systemd has read it as it is.</summary>
internal sealed class UnitCheck(MachineFacts machine, string name, string unit) : ICheck
{
    public string Name => name;

    private bool IsService => string.Equals(unit, UnitFile.Service, StringComparison.Ordinal);

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        string init = machine.AsAdministrator("portok init");
        InstalledUnits units = machine.Machine.Units;
        if (units.FileOf(unit) is not { } file)
        {
            // The service opens the port itself where there is no socket unit.
            return IsService
                ? Finding.Fault($"{unit} is not installed", init)
                : Finding.Warning($"{unit} is not installed: clients are refused while a daemon restarts", init);
        }

        string text = await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false);
        if (NpmUnit.Read(file, text) is not null)
        {
            return Finding.Fault($"{file} is npm portok's", machine.AsAdministrator("portok init --take-over"));
        }

        string exec = UnitFile.ExecPathOf(text) ?? UnitChoices.Packaged.ExecPath;
        bool underHome = text.Contains("ProtectHome=read-only", StringComparison.Ordinal) || UnitChoices.IsUnderHome(exec);
        UnitComparison found = units.Compare(unit, new UnitChoices(exec, underHome, machine.Folders));
        if (!found.IsCurrent)
        {
            return Finding.Warning($"{file} is not what this portok installs", init, found.Difference);
        }

        foreach (string instance in machine.Instances.Select(i => i.Name))
        {
            string of = IsService ? UnitNames.Service(instance) : UnitNames.Socket(instance);
            if (await machine.UnitOrNullAsync(of).ConfigureAwait(false) is { } state && state["NeedDaemonReload"] is "yes")
            {
                return Finding.Warning($"systemd has not read {file} since it was changed", machine.AsAdministrator("systemctl daemon-reload"));
            }
        }

        return Finding.Ok($"{file} is current");
    }
}

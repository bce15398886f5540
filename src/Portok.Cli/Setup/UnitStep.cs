using Portok.Cli.Units;

namespace Portok.Cli.Setup;

/// <summary>One template unit: installed when it is missing, upgraded when it is not what this portok would install.</summary>
internal sealed class UnitStep(Machine machine, string unit, UnitChoices choices) : ISetupStep
{
    public string Name => unit is UnitFile.Service ? "service" : "socket";

    public Task<StepFinding> LookAsync(CancellationToken cancellation)
    {
        UnitComparison found = machine.Units.Compare(unit, choices);
        string own = Path.Combine(machine.Folders.Systemd, unit);
        StepFinding finding = found switch
        {
            { IsCurrent: true } => new StepFinding(Needed: false, $"{found.Path} is there and current"),
            { IsInstalled: false } => new StepFinding(Needed: true, $"Write {own}", $"Wrote {own}"),
            { FromPackage: true } => new StepFinding(Needed: true, $"Write {own}, over the package's {found.Path}", $"Wrote {own}, over the package's {found.Path}"),
            _ => new StepFinding(Needed: true, $"Upgrade {own}", $"Upgraded {own}"),
        };
        return Task.FromResult(finding with { Difference = found.Difference });
    }

    public Task DoAsync(CancellationToken cancellation)
    {
        machine.Units.Write(unit, choices);
        return Task.CompletedTask;
    }
}

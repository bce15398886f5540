using Portok.Cli.Files;
using Portok.Cli.Setup;

namespace Portok.Cli.Migration;

/// <summary>Copies a unit of npm portok to a name that systemd does not look at, so that the way back stays open.</summary>
internal sealed class KeepAsideStep(NpmUnit unit) : ISetupStep
{
    private const string Ending = ".npm";

    public string Name => "keep-unit";

    public Task<StepFinding> LookAsync(CancellationToken cancellation)
    {
        string aside = NameFor(unit);
        return Task.FromResult(File.Exists(aside)
            ? new StepFinding(Needed: false, $"npm portok's unit is kept as {aside}")
            : new StepFinding(Needed: true, $"Keep npm portok's {unit.File} as {aside}", $"Kept npm portok's {unit.File} as {aside}"));
    }

    public Task DoAsync(CancellationToken cancellation)
    {
        WholeFile.Write(NameFor(unit), unit.Text, Modes.UnitFile);
        return Task.CompletedTask;
    }

    /// <summary>The name it is kept under: one that is free, or already holds the same text.</summary>
    public static string NameFor(NpmUnit unit)
    {
        string name = unit.File + Ending;
        for (int i = 2; File.Exists(name) && !string.Equals(File.ReadAllText(name), unit.Text, StringComparison.Ordinal); i++)
        {
            name = $"{unit.File}{Ending}-{i}";
        }

        return name;
    }
}

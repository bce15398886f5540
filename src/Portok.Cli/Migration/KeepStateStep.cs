using Portok.Cli.Doctor.Sources;
using Portok.Cli.Files;
using Portok.Cli.Setup;

namespace Portok.Cli.Migration;

/// <summary>
/// Sees to it that the new daemon finds the state npm portok saved. It lies where it has to nearly always; only an instance
/// whose name nobody told npm portok saved it as "default".
/// </summary>
internal sealed class KeepStateStep(NpmInstance instance) : ISetupStep
{
    public string Name => "keep-state";

    public Task<StepFinding> LookAsync(CancellationToken cancellation)
    {
        string from = instance.OldStateFile, to = instance.NewStateFile;
        SavedStateFile state = SavedStateFile.Read(from);
        StepFinding finding = (state, Moves(from, to)) switch
        {
            ({ Exists: false }, _) => new StepFinding(Needed: false, $"{instance.Name} has no saved state; INITIAL_TARGET_PORT {instance.Instance.TargetPort} counts"),
            ({ Fault: { } fault }, _) => new StepFinding(Needed: false, $"{instance.Name}: {from} {fault}; INITIAL_TARGET_PORT {instance.Instance.TargetPort} counts"),
            (_, true) => new StepFinding(Needed: true, $"Copy {instance.Name}'s state from {from} to {to} (active port {state.ActivePort})", $"Copied {instance.Name}'s state from {from} to {to} (active port {state.ActivePort})"),
            _ => new StepFinding(Needed: false, $"{instance.Name}'s state stays in {to} (active port {state.ActivePort})"),
        };
        return Task.FromResult(finding);
    }

    public Task DoAsync(CancellationToken cancellation)
    {
        WholeFile.Write(instance.NewStateFile, File.ReadAllText(instance.OldStateFile), Modes.EnvFile);
        return Task.CompletedTask;
    }

    private static bool Moves(string from, string to) => !string.Equals(from, to, StringComparison.Ordinal) && !File.Exists(to);
}

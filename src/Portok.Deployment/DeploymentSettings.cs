namespace Portok.Deployment;

/// <summary>What the control plane is told at its start. The values are taken as checked; ranges are those of the variables behind them.</summary>
public sealed record DeploymentSettings
{
    /// <summary>The instance's name: in logs and in the state file. Fixed for the life of the process.</summary>
    public required string Instance { get; init; }

    /// <summary>The daemon's own public port, 1–65535: never a target. Fixed.</summary>
    public required int ListenPort { get; init; }

    /// <summary>The target, 1–65535, when no saved state names one. Fixed.</summary>
    public required int InitialTargetPort { get; init; }

    /// <summary>Path of the saved state. Fixed.</summary>
    public required string StateFile { get; init; }

    /// <summary>Path, with query if any, that a probe asks for; begins with "/". Live.</summary>
    public string HealthPath { get; init; } = "/health";

    /// <summary>For a whole probe, connecting included; above zero. Live: holds for the probes that begin later.</summary>
    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long old work may go on after a switch; zero and more. Live: holds for the drains that begin later.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the new port is watched after a switch; zero turns rollback off. Live: holds for the windows that open later.</summary>
    public TimeSpan RollbackWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From the start of one regular probe to the start of the next; above zero. Live: at once.</summary>
    public TimeSpan RollbackCheckEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Consecutive failed probes that cause a rollback; 1 and more. Live: at once.</summary>
    public int RollbackFailThreshold { get; init; } = 3;
}

/// <summary>
/// The settings in force. One holder is shared by the coordinator and the prober, so that both see a change at the same
/// moment. Any thread.
/// </summary>
public sealed class LiveSettings(DeploymentSettings initial)
{
    private volatile DeploymentSettings _current = initial;

    /// <summary>An immutable snapshot; whoever reads twice may see two.</summary>
    public DeploymentSettings Current => _current;

    /// <summary>Takes over what may change live and keeps what may not.</summary>
    /// <returns>The names of the settings that differ but wait for a restart.</returns>
    internal IReadOnlyList<string> Replace(DeploymentSettings next)
    {
        var now = _current;
        List<string> fixedOnes = [];
        if (!string.Equals(next.Instance, now.Instance, StringComparison.Ordinal))
            fixedOnes.Add(nameof(next.Instance));
        if (next.ListenPort != now.ListenPort)
            fixedOnes.Add(nameof(next.ListenPort));
        if (next.InitialTargetPort != now.InitialTargetPort)
            fixedOnes.Add(nameof(next.InitialTargetPort));
        if (!string.Equals(next.StateFile, now.StateFile, StringComparison.Ordinal))
            fixedOnes.Add(nameof(next.StateFile));
        _current = next with
        {
            Instance = now.Instance,
            ListenPort = now.ListenPort,
            InitialTargetPort = now.InitialTargetPort,
            StateFile = now.StateFile,
        };
        return fixedOnes;
    }
}

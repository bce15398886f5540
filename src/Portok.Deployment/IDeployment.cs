using Portok.Deployment.Probing;
using Portok.Deployment.Switching;

namespace Portok.Deployment;

/// <summary>The control plane as the admin API sees it. Any thread.</summary>
public interface IDeployment
{
    DeploymentStatus Status { get; }

    /// <summary>Probe, durable state, traffic moved, then the answer. Serialised: a second call waits its turn.</summary>
    Task<SwitchOutcome> SwitchAsync(SwitchRequest request, CancellationToken cancellation);

    /// <summary>Probes the active port now.</summary>
    Task<ProbeResult> ProbeActiveAsync(CancellationToken cancellation);
}

/// <summary>A consistent picture of the control plane at one moment.</summary>
public sealed record DeploymentStatus(
    string Instance,
    int ActivePort,
    DateTimeOffset StartedAt,
    SwitchRecord? LastSwitch,
    RollbackStatus Rollback,
    IReadOnlyList<DrainStatus> Drains,
    HealthStatus Health)
{
    /// <summary>The latest end of a running drain that still has work; null when all old work is gone.</summary>
    public DateTimeOffset? DrainUntil => Drains.Count == 0 ? null : Drains.Max(d => d.Until);
}

/// <summary>The rollback watch; <see cref="ArmedUntil"/> is null when no window is open.</summary>
public sealed record RollbackStatus(DateTimeOffset? ArmedUntil, int Failures, int? PreviousPort);

/// <summary>Old work that goes on after a switch.</summary>
public sealed record DrainStatus(int Port, int Requests, int Tunnels, DateTimeOffset Until);

/// <summary>What the regular probes of the active port say; null before the first.</summary>
public sealed record HealthStatus(bool? ActivePortOk, DateTimeOffset? LastCheckedAt, int ConsecutiveFails);

using System.Collections.Concurrent;
using Portok.Deployment;
using Portok.Deployment.Probing;
using Portok.Deployment.Switching;

namespace Portok.Admin.Tests.Support;

/// <summary>A control plane that says what it is told to, and remembers what it was asked.</summary>
internal sealed class FakeDeployment : IDeployment
{
    public static readonly SwitchRecord Record = new(8081, 8080, Moments.Switched, "manual", "3f0c");

    public DeploymentStatus Status { get; set; } = new(
        "default", 8080, Moments.Start, null, new RollbackStatus(null, 0, null), [], new HealthStatus(null, null, 0));

    public Func<SwitchRequest, CancellationToken, Task<SwitchOutcome>> OnSwitch { get; set; } = (request, _) =>
        Task.FromResult(new SwitchOutcome(
            SwitchOutcomeKind.Switched, Record with { From = 8080, To = request.Port }, Healthy(request.Port), request.Port, null));

    public Func<CancellationToken, Task<ProbeResult>> OnProbe { get; set; } = _ => Task.FromResult(Healthy(8080));

    public ConcurrentQueue<SwitchRequest> Switches { get; } = new();

    public static ProbeResult Healthy(int port) => new(port, true, 200, 3.2514159, ProbeFailure.None, "ok", Moments.Now);

    public static ProbeResult Sick(int port, ProbeFailure failure = ProbeFailure.Status, int? status = 500) =>
        new(port, false, status, 12.5, failure, status is null ? null : "db down", Moments.Now);

    public void Outcome(SwitchOutcomeKind kind, ProbeResult? probe = null, int activePort = 8080, string? detail = null, SwitchRecord? record = null) =>
        OnSwitch = (_, _) => Task.FromResult(new SwitchOutcome(kind, record, probe, activePort, detail));

    public Task<SwitchOutcome> SwitchAsync(SwitchRequest request, CancellationToken cancellation)
    {
        Switches.Enqueue(request);
        return OnSwitch(request, cancellation);
    }

    public Task<ProbeResult> ProbeActiveAsync(CancellationToken cancellation) => OnProbe(cancellation);
}

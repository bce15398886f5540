using Portok.Deployment.Probing;

namespace Portok.Deployment.Tests.Support;

/// <summary>Says of each port what the test told it to; healthy unless told otherwise.</summary>
internal sealed class ScriptedProber(TimeProvider time) : IProber
{
    private readonly Lock _sync = new();
    private readonly Dictionary<int, ProbeFailure> _failing = [];
    private readonly Dictionary<int, TaskCompletionSource> _held = [];
    private readonly List<int> _probed = [];

    public IReadOnlyList<int> Probed
    {
        get
        {
            lock (_sync)
                return [.. _probed];
        }
    }

    public void Fail(int port, ProbeFailure failure = ProbeFailure.Refused)
    {
        lock (_sync)
            _failing[port] = failure;
    }

    public void Heal(int port)
    {
        lock (_sync)
            _failing.Remove(port);
    }

    /// <summary>Probes of the port wait until the result is completed (or they are cancelled).</summary>
    public TaskCompletionSource Hold(int port)
    {
        var held = new TaskCompletionSource();
        lock (_sync)
            _held[port] = held;
        return held;
    }

    public async Task<ProbeResult> ProbeAsync(int port, CancellationToken cancellation)
    {
        Task waiting;
        lock (_sync)
        {
            _probed.Add(port);
            waiting = _held.TryGetValue(port, out var held) ? held.Task : Task.CompletedTask;
        }

        await waiting.WaitAsync(cancellation);
        lock (_sync)
        {
            var failure = _failing.GetValueOrDefault(port);
            return new ProbeResult(port, failure == ProbeFailure.None, failure == ProbeFailure.None ? 200 : null, 1, failure, null, time.GetUtcNow());
        }
    }
}

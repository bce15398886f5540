namespace Portok.Cli.Demo.Scenario;

/// <summary>How long each part of the demo takes, and what the daemon is told.</summary>
internal sealed record DemoTimings
{
    /// <summary>Load before anything is measured: runtimes compile, pools fill.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Measured load on v1 before the switch.</summary>
    public TimeSpan Before { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The switch's latency is that of the requests from asking for it until so long after its answer.</summary>
    public TimeSpan During { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Load that goes on after the last WebSocket of a drain has its close frame.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>DRAIN_MS.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>ROLLBACK_CHECK_EVERY_MS.</summary>
    public TimeSpan RollbackCheckEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>ROLLBACK_FAIL_THRESHOLD.</summary>
    public int RollbackFailThreshold { get; init; } = 3;

    /// <summary>Added to every wait for something the daemon promises, so that a busy machine is no failure.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How often the daemon is asked for its status.</summary>
    public TimeSpan AskEvery { get; init; } = TimeSpan.FromMilliseconds(100);
}

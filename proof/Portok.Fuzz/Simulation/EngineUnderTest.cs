using Portok.Engine;
using Portok.Engine.Reactors;
using Portok.Engine.Traffic;
using Portok.Fuzz.Targets;

namespace Portok.Fuzz.Simulation;

/// <summary>An engine of one reactor without a thread: its turns are taken here, over a simulated kernel and a clock that stands.</summary>
internal sealed class EngineUnderTest : IDisposable
{
    /// <summary>The two ports that traffic may be moved between.</summary>
    public static readonly int[] Ports = [8081, 8082];

    private const int PatientTurns = 3000;
    private readonly TrafficEngine _engine;
    private readonly List<Exception> _faults = [];

    public EngineUnderTest()
    {
        var options = new EngineOptions
        {
            ListenPort = 8080,
            Reactors = 1,
            UpstreamMaxSockets = 3,
            AdminSocketPath = "/run/portok-fuzz.sock",
            MaxHeaderBytes = 1024,
            MaxHeaders = 16,
            Limits = new EngineLimits { MaxBodyBytes = 2000 },
        };
        _engine = new TrafficEngine(options, [SimulatedKernel.Listener], Ports[0], Kernel, _faults.Add, Time);
        Reactor.Begin();
    }

    public SimulatedKernel Kernel { get; } = new();

    public ManualTime Time { get; } = new();

    private Reactor Reactor => _engine.Shared.Reactors[0];

    private ReactorCounters Counters => Reactor.Counters;

    /// <summary>Takes turns until nothing is left to do.</summary>
    public void Settle()
    {
        for (int i = 0; i < PatientTurns; i++)
        {
            Reactor.Turn();
            if (_faults.Count > 0) throw new BrokenPromiseException($"an exception left a step: {_faults[0]}");
            if (Kernel.WasIdle) return;
        }

        throw new BrokenPromiseException("the loop finds no rest");
    }

    /// <summary>Moves traffic to the other port, as a switch does.</summary>
    public void MoveTraffic()
    {
        Target before = _engine.Shared.Switchboard.Active;
        _engine.Route(Ports[before.Port == Ports[0] ? 1 : 0]);
        Reactor.Mailbox.Post(reactor => reactor.Retire(before));
    }

    /// <summary>Ends tunnels, on both ports.</summary>
    public void EndTunnels()
    {
        foreach (int port in Ports) _engine.EndTunnels(port, TimeSpan.FromMilliseconds(100));
    }

    /// <summary>Cuts what runs on the port that is not active.</summary>
    public void CutOld()
    {
        foreach (int port in Ports) _engine.Cut(port);
    }

    /// <summary>Both sides have ended and time has passed: everything must have been given back.</summary>
    public void CheckNothingIsLeft()
    {
        EngineCounters counters = _engine.ReadCounters();
        BrokenPromiseException.Unless(Kernel.OpenCount == 0, $"{Kernel.OpenCount} descriptors are left open");
        BrokenPromiseException.Unless(Reactor.Connections.Count == 0, $"{Reactor.Connections.Count} connections are left in the table");
        BrokenPromiseException.Unless(Reactor.Buffers.Rented == 0, $"{Reactor.Buffers.Rented} buffers are left rented");
        BrokenPromiseException.Unless(Reactor.Timers.Count == 0, $"{Reactor.Timers.Count} timers are left");
        BrokenPromiseException.Unless(counters is { Inflight: 0, TunnelsOpen: 0, ClientConnectionsOpen: 0, UpstreamConnectionsOpen: 0, UpstreamConnectionsIdle: 0 }, $"counted as open: {counters}");
        BrokenPromiseException.Unless(Counters.Exceptions == 0, "an exception was counted");
        foreach (Target target in _engine.Shared.Switchboard.Known().Append(_engine.Shared.Admin!))
        {
            BrokenPromiseException.Unless(target is { Inflight: 0, Tunnels: 0 }, $"{target.Inflight} requests and {target.Tunnels} tunnels are left on port {target.Port}");
            BrokenPromiseException.Unless(target.Permits is { Taken: 0, Waiting: 0 }, $"{target.Permits.Taken} permits and {target.Permits.Waiting} waiters are left");
        }
    }

    /// <summary>Ends it in whatever state a fault has left it.</summary>
    public void Dispose()
    {
        Kernel.IsOver = true;
        try
        {
            _engine.Dispose();
        }
#pragma warning disable CA1031 // it was left in the middle of a step; there is nothing more to be learnt from it
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}

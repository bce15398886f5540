using System.Diagnostics;
using Portok.Engine.Reactors;
using Portok.Engine.Traffic;
using Portok.Engine.Upstreams;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;

namespace Portok.Engine;

/// <summary>
/// The data plane: reactors that relay from listening sockets to the active port. Every public member may be called from
/// any thread.
/// </summary>
public sealed class TrafficEngine : IDisposable
{
    // After the drain: time for close frames and their answers, inside the second that the contract allows.
    private static readonly TimeSpan GoodbyeSpread = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromMilliseconds(800);

    private readonly EngineShared _shared;
    private readonly CounterReader _reader;
    private readonly Reactor[] _reactors;
    private readonly IReadOnlyList<int> _listeners;
    private int _listenersClosed;
    private int _disposed;
    private volatile bool _started;

    /// <param name="options">How it is built.</param>
    /// <param name="listeners">Listening, non-blocking stream sockets; the engine owns and closes them.</param>
    /// <param name="port">The first active port.</param>
    public TrafficEngine(EngineOptions options, IReadOnlyList<int> listeners, int port)
        : this(options, listeners, port, new KernelSocketCalls(), static _ => { })
    {
    }

    /// <param name="options">How it is built.</param>
    /// <param name="listeners">Listening, non-blocking stream sockets; the engine owns and closes them.</param>
    /// <param name="port">The first active port.</param>
    /// <param name="calls">The system calls; tests script them.</param>
    /// <param name="reportFault">Told of exceptions inside a connection's step (faults of the engine itself), on a reactor's thread.</param>
    public TrafficEngine(EngineOptions options, IReadOnlyList<int> listeners, int port, SocketCalls calls, Action<Exception> reportFault)
    {
        var budget = new DescriptorBudget(options.FreeDescriptors, options.UpstreamMaxSockets);
        var switchboard = new Switchboard(port, options.Reactors, budget.Upstreams);
        Target? admin = options.AdminSocketPath is { } path
            ? new Target(0, UpstreamAddress.Unix(path), options.Reactors, budget.AdminCalls)
            : null;
        _shared = new EngineShared(options, calls, switchboard, admin, budget, TimeProvider.System) { ReportFault = reportFault };
        _listeners = listeners;
        _reactors = new Reactor[options.Reactors];
        for (int i = 0; i < _reactors.Length; i++) _reactors[i] = new Reactor(i, _shared, listeners);
        _shared.Reactors = _reactors;
        _reader = new CounterReader(_shared, Environment.TickCount64);
    }

    /// <summary>What the reactors share: tests look at it.</summary>
    internal EngineShared Shared => _shared;

    /// <summary>Where new requests go.</summary>
    public int ActivePort => _shared.Switchboard.Active.Port;

    /// <summary>Starts the reactor threads; accepting begins.</summary>
    public void Start()
    {
        _started = true;
        foreach (Reactor reactor in _reactors) reactor.Start();
    }

    /// <summary>
    /// When it returns, every request whose head is read from then on goes to the port, and every request that was read
    /// before is counted on its own port (so that a drain told to be over really is).
    /// </summary>
    public void Route(int port)
    {
        if (_shared.Switchboard.Route(port) is not { } before) return;
        foreach (ConnectionPermits.Waiter waiter in before.Permits.Dismiss())
            waiter.Reactor.Mailbox.Post(r => r.ChooseAgain(waiter.ClientId));
        // A turn of the loop takes microseconds; the bound is for a process that is being stopped.
        PassThroughReactors(r => r.Retire(before), TimeSpan.FromSeconds(1));
    }

    /// <summary>Runs something on every reactor's thread and waits until all have run it.</summary>
    /// <returns>False when one of them did not within the time.</returns>
    private bool PassThroughReactors(Action<Reactor> action, TimeSpan within)
    {
        if (!_started) return true;
        using var passed = new CountdownEvent(_reactors.Length);
        foreach (Reactor reactor in _reactors)
        {
            reactor.Mailbox.Post(r =>
            {
                action(r);
                Signal(passed);
            });
        }

        return passed.Wait(within);
    }

    private static void Signal(CountdownEvent passed)
    {
        try
        {
            passed.Signal();
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more.
        }
    }

    /// <summary>Requests in flight and tunnels on a port.</summary>
    public (int Requests, int Tunnels) WorkOn(int port)
        => _shared.Switchboard.Find(port) is { } target ? (target.Inflight, target.Tunnels) : (0, 0);

    /// <summary>Ends the tunnels on a port, each within the spread: WebSockets by a close frame 1001, others by half-close.</summary>
    public void EndTunnels(int port, TimeSpan spread)
    {
        if (_shared.Switchboard.Find(port) is { } target) EndTunnels(target, spread);
    }

    private void EndTunnels(Target target, TimeSpan spread) => Tell(r => r.EndTunnels(target, (int)spread.TotalMilliseconds));

    /// <summary>Cuts what still runs on a port that is not the active one.</summary>
    public void Cut(int port)
    {
        if (_shared.Switchboard.Find(port) is { } target && target != _shared.Switchboard.Active) Tell(r => r.Cut(target));
    }

    /// <summary>Changes the limits for what begins from now on.</summary>
    public void Apply(EngineLimits limits) => _shared.Limits = limits;

    /// <summary>Reads the counters.</summary>
    public EngineCounters ReadCounters() => _reader.Read();

    /// <summary>Whether every reactor answers within the time: what a watchdog wants to know. Blocks that long at most.</summary>
    public bool IsAlive(TimeSpan within) => Volatile.Read(ref _disposed) != 0 || PassThroughReactors(static _ => { }, within);

    /// <summary>
    /// Stops: no more accepting, Connection: close on what follows, work in flight may finish within <paramref name="drain"/>,
    /// WebSockets get 1001 at its end, then the rest is cut. Completes when the last connection is gone, at the latest about
    /// 900 ms after the drain. Cancelling cuts at once.
    /// </summary>
    public async Task StopAsync(TimeSpan drain, CancellationToken cutNow)
    {
        // Every reactor has stopped accepting before anybody looks whether a client is left: what is accepted is answered.
        PassThroughReactors(r => r.BeginStop((int)Math.Min(drain.TotalMilliseconds, int.MaxValue)), TimeSpan.FromSeconds(1));
        CloseListeners();
        if (!await WaitUntilEmptyAsync(drain, cutNow).ConfigureAwait(false) && !cutNow.IsCancellationRequested)
        {
            foreach (Target target in _shared.Switchboard.Known()) EndTunnels(target, GoodbyeSpread);
            await WaitUntilEmptyAsync(GoodbyeTime, cutNow).ConfigureAwait(false);
        }

        Tell(static r => r.CutAll());
        await WaitUntilEmptyAsync(TimeSpan.FromMilliseconds(50), CancellationToken.None).ConfigureAwait(false);
        Dispose();
    }

    private async Task<bool> WaitUntilEmptyAsync(TimeSpan limit, CancellationToken cutNow)
    {
        long start = Stopwatch.GetTimestamp();
        while (_reactors.Any(r => r.ClientLoad > 0))
        {
            if (Stopwatch.GetElapsedTime(start) >= limit || cutNow.IsCancellationRequested) return false;
            await Task.Delay(10, CancellationToken.None).ConfigureAwait(false);
        }

        return true;
    }

    private void Tell(Action<Reactor> message)
    {
        foreach (Reactor reactor in _reactors) reactor.Mailbox.Post(message);
    }

    /// <summary>The descriptors may be closed once no reactor watches them any more: they are told first, in the same order.</summary>
    private void CloseListeners()
    {
        if (!_started || Interlocked.Exchange(ref _listenersClosed, 1) != 0) return;
        int left = _reactors.Length;
        // Waited for, so that those taken in at the last moment are counted before anybody looks whether a client is left.
        PassThroughReactors(
            reactor =>
            {
                if (Interlocked.Decrement(ref left) > 0) return;
                foreach (int fd in _listeners)
                {
                    reactor.AcceptRest(fd);
                    Descriptors.Close(fd);
                }
            },
            TimeSpan.FromSeconds(1));
    }

    /// <summary>Cuts everything and frees the threads.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        foreach (Reactor reactor in _reactors) reactor.Dispose();
        if (Interlocked.Exchange(ref _listenersClosed, 1) == 0)
            foreach (int fd in _listeners) Descriptors.Close(fd);
    }
}

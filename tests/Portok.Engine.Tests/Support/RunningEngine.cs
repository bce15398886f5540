using System.Collections.Concurrent;
using System.Net;
using Portok.Engine.Reactors;
using Portok.Engine.Traffic;
using Portok.Linux;
using Portok.Linux.Sockets;
using Portok.Testing;
using Shouldly;

namespace Portok.Engine.Tests.Support;

/// <summary>
/// An engine with real sockets in this process. At its end it must have given everything back: no request in flight, no
/// buffer rented, no timer but those of idle connections, no permit but theirs, no place of the budget taken, no descriptor
/// open, no exception met (but where a test expects one).
/// </summary>
internal sealed class RunningEngine : IAsyncDisposable
{
    private readonly TrackingSocketCalls _tracked;
    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly int _listener;
    private readonly int _places;
    private bool _ended;

    private RunningEngine(int port, EngineOptions options, SocketCalls? calls)
    {
        SysResult opened = ListeningSocket.Open(IPAddress.Loopback, 0, dualStack: false, 512);
        opened.Ok.ShouldBeTrue(opened.ToString());
        _listener = opened.Value;
        Port = ListeningSocket.PortOf(_listener);
        _tracked = new TrackingSocketCalls(calls ?? new KernelSocketCalls());
        Engine = new TrafficEngine(options with { ListenPort = Port }, [_listener], port, _tracked, _faults.Enqueue);
        _places = Engine.Shared.Budget.Left;
        Engine.Start();
    }

    internal TrafficEngine Engine { get; }

    /// <summary>The public port.</summary>
    internal int Port { get; }

    /// <summary>Exceptions that left a connection's step.</summary>
    internal IReadOnlyCollection<Exception> Faults => _faults;

    /// <summary>The test makes the engine meet exceptions.</summary>
    internal bool FaultsExpected { get; set; }

    internal EngineCounters Counters => Engine.ReadCounters();

    /// <summary>Starts an engine; one reactor unless the options say otherwise.</summary>
    internal static RunningEngine Start(int port, Func<EngineOptions, EngineOptions>? with = null, SocketCalls? calls = null)
    {
        var options = new EngineOptions { ListenPort = 1, Reactors = 1, AddForwarded = false };
        return new RunningEngine(port, with?.Invoke(options) ?? options, calls);
    }

    internal Task<RawClient> ConnectAsync(int? receiveBuffer = null) => RawClient.ConnectAsync(Port, receiveBuffer);

    internal Task<WireMessage> AskOnceAsync(string request) => RawClient.AskOnceAsync(Port, request);

    /// <summary>Waits until nothing runs and no client is connected; idle connections to the app may remain.</summary>
    internal async Task QuietAsync()
    {
        await Poll.UntilAsync(() => Counters is { Inflight: 0, TunnelsOpen: 0, ClientConnectionsOpen: 0 }, what: "the engine to be quiet");
        // An exception may let go of a buffer that the pool then never sees again; the collector does.
        if (!FaultsExpected) await Poll.UntilAsync(async () => (await OnReactorsAsync(r => r.Buffers.Rented)).All(rented => rented == 0), what: "all buffers to be given back");
        Counters.Targets.ShouldAllBe(t => t.Inflight == 0 && t.Tunnels == 0);
        // Asked for again and again: a connection closes, and gives its permit back, at the end of the reactor's turn.
        await Poll.ForAsync(HeldAsync, held => held.Count == 0, what: "nothing to be held but by idle connections");
    }

    /// <summary>What is held and should not be, in words.</summary>
    private async Task<IReadOnlyList<string>> HeldAsync()
    {
        var held = new List<string>();
        foreach (Reactor reactor in Engine.Shared.Reactors) held.AddRange((await OnReactorsAsync(r => r == reactor ? Held(r) : []))[reactor.Index]);
        int open = (int)Counters.UpstreamConnectionsOpen, permits = Targets.Sum(t => t.Permits.Taken), waiting = Targets.Sum(t => t.Permits.Waiting);
        if (permits != open) held.Add($"{permits} permits for {open} connections");
        if (waiting > 0) held.Add($"{waiting} in the queue for permits");
        if (Engine.Shared.Budget.Left != _places) held.Add($"{_places - Engine.Shared.Budget.Left} places of the descriptor budget");
        return held;
    }

    /// <summary>On the reactor's thread: connections that are not idle ones to the app, and timers of nobody.</summary>
    private static List<string> Held(Reactor reactor)
    {
        var held = new List<string>();
        long idle = reactor.Counters.UpstreamIdle;
        if (reactor.Connections.Count != idle) held.Add($"reactor {reactor.Index}: {reactor.Connections.Count} connections, {idle} idle");
        if (reactor.Timers.Count > idle) held.Add($"reactor {reactor.Index}: {reactor.Timers.Count} timers for {idle} idle connections");
        return held;
    }

    private IEnumerable<Target> Targets
        => Engine.Shared.Admin is { } admin ? [.. Engine.Shared.Switchboard.Known(), admin] : Engine.Shared.Switchboard.Known();

    /// <summary>Reads something on each reactor's own thread.</summary>
    internal async Task<IReadOnlyList<T>> OnReactorsAsync<T>(Func<Reactor, T> read)
    {
        var answers = new List<Task<T>>();
        foreach (Reactor reactor in Engine.Shared.Reactors)
        {
            var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            reactor.Mailbox.Post(r => answer.TrySetResult(read(r)));
            answers.Add(answer.Task);
        }

        return await Task.WhenAll(answers).WaitAsync(Patience.Normal);
    }

    /// <summary>Stops the engine; what it leaves behind is looked at in the end.</summary>
    internal async Task StopAsync(TimeSpan drain, CancellationToken cutNow = default)
    {
        _ended = true;
        await Engine.StopAsync(drain, cutNow);
        Counters.Inflight.ShouldBe(0);
        Counters.TunnelsOpen.ShouldBe(0);
        Counters.UpstreamConnectionsOpen.ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_ended) await QuietAsync();
        }
        finally
        {
            Engine.Dispose();
        }

        _tracked.Open.ShouldBeEmpty("descriptors left open");
        // The threads have ended: what they owned may be read.
        Engine.Shared.Reactors.ShouldAllBe(r => r.Timers.Count == 0 && r.Connections.Count == 0, "timers or connections left");
        if (!FaultsExpected) Engine.Shared.Reactors.ShouldAllBe(r => r.Buffers.Rented == 0, "buffers left");
        if (!FaultsExpected) Faults.ShouldBeEmpty();
    }
}

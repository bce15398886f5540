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
/// buffer rented, no descriptor open, no exception met (but where a test expects one).
/// </summary>
internal sealed class RunningEngine : IAsyncDisposable
{
    private readonly TrackingSocketCalls _tracked;
    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly int _listener;
    private bool _ended;

    private RunningEngine(int port, EngineOptions options, SocketCalls? calls)
    {
        SysResult opened = ListeningSocket.Open(IPAddress.Loopback, 0, dualStack: false, 512);
        opened.Ok.ShouldBeTrue(opened.ToString());
        _listener = opened.Value;
        Port = ListeningSocket.PortOf(_listener);
        _tracked = new TrackingSocketCalls(calls ?? new KernelSocketCalls());
        Engine = new TrafficEngine(options with { ListenPort = Port }, [_listener], port, _tracked, _faults.Enqueue);
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
        // An idle connection may leave the pool between the reading of two counters.
        await Poll.UntilAsync(() => Counters is { } read && read.UpstreamConnectionsOpen == read.UpstreamConnectionsIdle, what: "connections to the app to be idle or gone");
    }

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
        if (!FaultsExpected) Faults.ShouldBeEmpty();
    }
}

using Portok.Engine.Buffers;
using Portok.Engine.Relay;
using Portok.Engine.Timers;
using Portok.Engine.Traffic;
using Portok.Http1;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;

namespace Portok.Engine.Reactors;

/// <summary>
/// One thread with one epoll. It owns its connections for life; others speak to it through the mailbox. This part holds
/// what it owns; the loop, the accepting and the messages stand in files of their own.
/// </summary>
internal sealed partial class Reactor : IDisposable
{
    private const ulong MailboxId = ulong.MaxValue;
    private const ulong FirstListenerId = ulong.MaxValue - 1;
    private const int BatchSize = 512;

    private readonly int _epoll;
    private readonly EventBatch _batch = new(BatchSize);
    private readonly Thread _thread;
    private readonly List<Connection> _closing = [];
    private readonly Stack<Exchange> _exchanges = new();
    private List<Connection> _goOn = [];
    private List<Connection> _goOnNow = [];
    private volatile bool _disposing;

    internal Reactor(int index, EngineShared shared, IReadOnlyList<int> listeners, Scratch? scratch = null)
    {
        Index = index;
        Shared = shared;
        Calls = shared.Calls;
        NowMs = Calls.NowMs();
        Timers = new TimerWheel(NowMs);
        Mailbox = new Mailbox();
        Scratch = scratch ?? new Scratch(shared.Options.MaxHeaderBytes);
        RequestHead = new RequestHead(shared.Options.MaxHeaders);
        ResponseHead = new ResponseHead(EngineShared.MaxResponseFields);
        _listeners = [.. listeners];
        SysResult epoll = Descriptors.CreateEpoll();
        if (!epoll.Ok) throw new InvalidOperationException($"epoll cannot be opened: {epoll.Error}.");
        _epoll = epoll.Value;
        SysResult watched = Calls.Watch(_epoll, Mailbox.EventFd, PollEvents.In, MailboxId);
        if (!watched.Ok) throw new InvalidOperationException($"The mailbox cannot be watched: {watched.Error}.");
        _thread = new Thread(Run) { Name = $"portok-reactor-{index}", IsBackground = true };
    }

    internal int Index { get; }
    internal EngineShared Shared { get; }
    internal SocketCalls Calls { get; }
    internal Mailbox Mailbox { get; }
    internal TimerWheel Timers { get; }
    internal BufferPool Buffers { get; } = new();
    internal ReactorCounters Counters { get; } = new();
    internal ConnectionTable Connections { get; } = new();

    /// <summary>The one large buffer that everything is read into.</summary>
    internal Scratch Scratch { get; }

    /// <summary>Workspaces of the parsers: valid until the next head is parsed.</summary>
    internal RequestHead RequestHead { get; }
    internal ResponseHead ResponseHead { get; }

    /// <summary>The reactor's clock in ms, read once a turn of the loop.</summary>
    internal long NowMs { get; private set; }

    /// <summary>A finer clock, likewise, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    internal long NowTicks { get; private set; }

    internal bool Stopping { get; private set; }

    /// <summary>The loop has been told to end; any thread.</summary>
    internal bool Ending => _disposing;

    /// <summary>Whether requests began in this batch, so that the peak has to be looked at.</summary>
    internal bool RequestsBegan { get; set; }

    /// <summary>Begins to accept.</summary>
    /// <exception cref="InvalidOperationException">The listening sockets cannot be watched; nothing runs.</exception>
    internal void Start()
    {
        WatchListeners();
        _thread.Start();
    }

    /// <summary>Begins to accept without a thread: the caller makes the turns, and finishes.</summary>
    internal void StartStepped() => WatchListeners();

    /// <summary>Connections to the app with a large receive buffer.</summary>
    internal int WideUpstreams { get; set; }

    internal Exchange RentExchange() => _exchanges.TryPop(out Exchange? exchange) ? exchange : new Exchange(this);

    internal void Return(Exchange exchange)
    {
        if (_exchanges.Count < 1024) _exchanges.Push(exchange);
    }

    /// <summary>Watches a new connection: once, edge-triggered, both directions.</summary>
    internal bool Register(Connection connection)
    {
        ulong id = Connections.Add(connection);
        const PollEvents all = PollEvents.In | PollEvents.Out | PollEvents.ReadHangUp | PollEvents.EdgeTriggered;
        if (Calls.Watch(_epoll, connection.Fd, all, id).Ok) return true;
        Connections.Remove(connection);
        return false;
    }

    /// <summary>Lets go of a connection that another reactor goes on with: nothing more of it is met here.</summary>
    /// <returns>Its descriptor, open and watched by nobody.</returns>
    internal int Detach(Connection connection)
    {
        int fd = connection.Fd;
        connection.Closing = true;
        connection.Fd = -1;
        Timers.Remove(connection);
        _ = Calls.Unwatch(_epoll, fd);
        Connections.Remove(connection);
        return fd;
    }

    /// <summary>The connection has used up its turn, or cannot go on just now: it is called again in the next one.</summary>
    internal void GoOnLater(Connection connection)
    {
        if (connection.Queued || connection.Closing) return;
        connection.Queued = true;
        _goOn.Add(connection);
    }

    /// <summary>Marks for closing; the descriptor is closed at the end of the batch, when no event of it can be met any more.</summary>
    internal void Close(Connection connection, bool reset)
    {
        if (connection.Closing) return;
        connection.Closing = true;
        connection.Unsent.Clear(Buffers);
        Timers.Remove(connection);
        if (reset) connection.Broken = true;
        connection.ResetOnClose = reset;
        _closing.Add(connection);
    }

    public void Dispose()
    {
        _disposing = true;
        Mailbox.Post(static _ => { });
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted)) Descriptors.Close(_epoll);
        else if (Thread.CurrentThread != _thread) _thread.Join();
        Mailbox.Dispose();
    }
}

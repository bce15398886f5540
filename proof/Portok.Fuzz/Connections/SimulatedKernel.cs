using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;

namespace Portok.Fuzz.Connections;

/// <summary>How the next connection to the app goes.</summary>
internal enum ConnectPlan
{
    Established,
    InProgress,
    Refused,
    RefusedLater,
    NoAddress,
    NoBuffers,
    NoDescriptors,
}

/// <summary>
/// System calls over sockets in memory: one listener, clients, connections to the app, a clock that stands still until it is
/// moved. Faults are armed for the next call of their kind. It watches over descriptors itself.
/// </summary>
internal sealed class SimulatedKernel(int clientCapacity, int appCapacity, bool lastEventFirst) : SocketCalls
{
    internal const int Listener = 1 << 20;

    private readonly SortedDictionary<int, SimulatedSocket> _open = [];
    private readonly Queue<SimulatedSocket> _backlog = new();
    private ulong? _listener;
    private ulong _mailbox;
    private long _nowMs = 1_000_000;

    /// <summary>Every client's connection there has been, in order.</summary>
    internal List<SimulatedSocket> Clients { get; } = [];

    /// <summary>Every connection to the app, in order.</summary>
    internal List<SimulatedSocket> Apps { get; } = [];

    internal Queue<ConnectPlan> Plans { get; } = new();

    internal Queue<Errno> AcceptFaults { get; } = new();

    /// <summary>Bytes the next sends may take; 0 stands for ENOBUFS.</summary>
    internal Queue<int> SendLimits { get; } = new();

    internal Queue<int> ReceiveLimits { get; } = new();

    internal int WatchFaults { get; set; }

    /// <summary>What the app's side of a new connection holds before a send is full.</summary>
    internal int AppCapacity { get; set; } = appCapacity;

    /// <summary>Clients that the engine could not serve for a fault of the kernel's.</summary>
    internal HashSet<SimulatedSocket> Unserved { get; } = [];

    internal int OpenCount => _open.Count;

    internal bool HasBacklog => _backlog.Count > 0;

    /// <summary>Something happened since this was last set to false.</summary>
    internal bool Busy { get; set; }

    internal void Advance(int ms) => _nowMs += ms;

    internal SimulatedSocket NewClient()
    {
        var client = new SimulatedSocket($"client {Clients.Count}", isClient: true, clientCapacity);
        Clients.Add(client);
        _backlog.Enqueue(client);
        return client;
    }

    public override long NowMs() => _nowMs;

    public override long NowTicks() => _nowMs * System.Diagnostics.Stopwatch.Frequency / 1000;

    public override SysResult Accept(int listener, out PeerAddress peer)
    {
        peer = default;
        if (AcceptFaults.TryDequeue(out Errno fault))
        {
            // The next one is taken with the spare descriptor, to be refused kindly.
            if (fault is Errno.TooManyFiles or Errno.TooManyFilesInSystem && _backlog.TryPeek(out SimulatedSocket? refused)) Unserved.Add(refused);
            return SysResult.Failure(fault);
        }

        if (!_backlog.TryDequeue(out SimulatedSocket? client)) return SysResult.Failure(Errno.Again);
        return SysResult.Success(Open(client));
    }

    public override SysResult Connect(UpstreamAddress address, int keepAliveSeconds)
    {
        ConnectPlan plan = Plans.TryDequeue(out ConnectPlan next) ? next : ConnectPlan.Established;
        Errno error = plan switch
        {
            ConnectPlan.Refused => Errno.ConnectionRefused,
            ConnectPlan.NoAddress => Errno.AddressNotAvailable,
            ConnectPlan.NoBuffers => Errno.NoBuffers,
            ConnectPlan.NoDescriptors => Errno.TooManyFiles,
            _ => Errno.None,
        };
        if (error != Errno.None) return SysResult.Failure(error);
        var app = new SimulatedSocket($"app {Apps.Count}", isClient: false, AppCapacity);
        Apps.Add(app);
        app.Connect(inProgress: plan != ConnectPlan.Established);
        if (plan == ConnectPlan.RefusedLater) app.PeerResets(Errno.ConnectionRefused);
        return SysResult.Success(Open(app));
    }

    // Its connections have the capacities they were made with.
    public override void WidenReceiveBuffer(int fd) => _ = Find(fd, "widened");

    public override SysResult Receive(int fd, Span<byte> buffer)
        => Find(fd, "received from").Receive(buffer, ReceiveLimits.TryDequeue(out int limit) ? Math.Max(1, limit) : int.MaxValue);

    public override SysResult Peek(int fd) => Find(fd, "peeked at").Peek();

    public override SysResult Send(int fd, ReadOnlySpan<byte> bytes)
    {
        SimulatedSocket socket = Find(fd, "sent to");
        if (!SendLimits.TryDequeue(out int limit)) limit = int.MaxValue;
        return limit == 0 ? SysResult.Failure(Errno.NoBuffers) : socket.Send(bytes, limit);
    }

    public override SysResult ShutdownWrite(int fd) => Find(fd, "shut down").ShutdownWrite();

    public override void Close(int fd, bool reset)
    {
        Find(fd, "closed").EngineCloses(reset);
        _open.Remove(fd);
    }

    public override SysResult Watch(int epoll, int fd, PollEvents events, ulong data)
    {
        if (fd < Listener)
        {
            // The mailbox is a real eventfd; it is told of in each turn.
            _mailbox = data;
            return SysResult.Success(0);
        }

        if (fd == Listener)
        {
            _listener = data;
            return SysResult.Success(0);
        }

        SimulatedSocket socket = Find(fd, "watched");
        if (WatchFaults > 0)
        {
            WatchFaults--;
            Unserved.Add(socket);
            return SysResult.Failure(Errno.NoMemory);
        }

        InvariantViolation.Unless(socket.Watched is null, $"{socket.Name} is watched a second time");
        socket.Watched = data;
        socket.Edge = true;
        return SysResult.Success(0);
    }

    public override SysResult Unwatch(int epoll, int fd)
    {
        if (fd == Listener) _listener = null;
        return SysResult.Success(0);
    }

    public override SysResult Wait(int epoll, EventBatch batch, int timeoutMs)
    {
        var events = new List<(PollEvents Events, ulong Data)>();
        foreach (SimulatedSocket socket in _open.Values)
        {
            if (!socket.Edge || socket.Watched is not { } data) continue;
            socket.Edge = false;
            PollEvents mask = socket.Mask();
            if (mask != PollEvents.None) events.Add((mask, data));
        }

        if (_listener is { } listener && (_backlog.Count > 0 || AcceptFaults.Count > 0)) events.Add((PollEvents.In, listener));
        if (events.Count > 0) Busy = true;
        if (lastEventFirst) events.Reverse();
        events.Add((PollEvents.In, _mailbox));
        for (int i = 0; i < events.Count; i++) batch.Set(i, events[i].Events, events[i].Data);
        return SysResult.Success(events.Count);
    }

    private int Open(SimulatedSocket socket)
    {
        // The lowest free number, as the kernel does: whoever closes one twice closes another's.
        int fd = Listener + 1;
        while (_open.ContainsKey(fd)) fd++;
        _open.Add(fd, socket);
        Busy = true;
        return fd;
    }

    private SimulatedSocket Find(int fd, string what)
        => _open.TryGetValue(fd, out SimulatedSocket? socket) ? socket : throw new InvariantViolation($"descriptor {fd} is {what} but not open");
}

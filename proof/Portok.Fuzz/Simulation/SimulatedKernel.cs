using System.Buffers.Binary;
using Portok.Fuzz.Targets;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;

namespace Portok.Fuzz.Simulation;

/// <summary>The calls a kernel may be made to refuse.</summary>
internal enum Call
{
    Accept,
    Connect,
    Send,
    Receive,
    Watch,
}

/// <summary>
/// A kernel in memory: a listener, sockets, edges and faults to order. It also watches the engine: a descriptor that is
/// closed twice, or used after its close, breaks a promise. One thread.
/// </summary>
internal sealed class SimulatedKernel : SocketCalls
{
    /// <summary>The listening socket's number, far from any real descriptor.</summary>
    public const int Listener = 1_000_000;

    private readonly Dictionary<int, SimulatedSocket> _open = [];
    private readonly Queue<SimulatedSocket> _backlog = new();
    private readonly Dictionary<SimulatedSocket, PeerAddress> _addresses = [];
    private readonly Dictionary<Call, Errno> _faults = [];
    private int _nextFd = Listener;
    private ulong? _listenerData;
    private ulong _mailboxData;

    /// <summary>Connections the engine has opened, in order; true for those to the admin API.</summary>
    public List<(SimulatedSocket Socket, bool IsAdmin)> Upstreams { get; } = [];

    /// <summary>New connections to the app stand only when they are told to.</summary>
    public bool ConnectsLater { get; set; }

    /// <summary>Bytes at most for each receive and each send.</summary>
    public int ReceiveLimit { get; set; } = int.MaxValue;

    /// <inheritdoc cref="ReceiveLimit"/>
    public int SendLimit { get; set; } = int.MaxValue;

    /// <summary>Whether the last wait found nothing to tell and was not in a hurry.</summary>
    public bool WasIdle { get; private set; }

    /// <summary>Nothing is watched any more.</summary>
    public bool IsOver { get; set; }

    /// <summary>Descriptors the engine holds.</summary>
    public int OpenCount => _open.Count;

    /// <summary>The next call of that kind fails so.</summary>
    public void FailNext(Call call, Errno error) => _faults[call] = error;

    /// <summary>Ends everything out of the ordinary.</summary>
    public void Calm()
    {
        _faults.Clear();
        ConnectsLater = false;
        ReceiveLimit = SendLimit = int.MaxValue;
    }

    /// <summary>Forgets the connections of the script before.</summary>
    public void Forget()
    {
        Upstreams.Clear();
        _addresses.Clear();
    }

    /// <summary>A client connects from 10.0.0.<paramref name="number"/>.</summary>
    public SimulatedSocket ConnectClient(byte number)
    {
        var socket = new SimulatedSocket(++_nextFd);
        Span<byte> address = [2, 0, 0, 80, 10, 0, 0, number, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(address, 2);
        _addresses[socket] = PeerAddress.FromSockAddr(address);
        _backlog.Enqueue(socket);
        return socket;
    }

    public override SysResult Accept(int listener, out PeerAddress peer)
    {
        peer = default;
        if (TakeFault(Call.Accept) is { } fault) return fault;
        if (!_backlog.TryDequeue(out SimulatedSocket? socket)) return SysResult.Failure(Errno.Again);
        peer = _addresses[socket];
        _open.Add(socket.Fd, socket);
        return SysResult.Success(socket.Fd);
    }

    public override SysResult Connect(UpstreamAddress address, int keepAliveSeconds)
    {
        if (TakeFault(Call.Connect) is { } fault) return fault;
        var socket = new SimulatedSocket(++_nextFd) { Connecting = ConnectsLater };
        Upstreams.Add((socket, address.IsUnix));
        _open.Add(socket.Fd, socket);
        return SysResult.Success(socket.Fd);
    }

    public override SysResult Receive(int fd, Span<byte> buffer)
    {
        SimulatedSocket socket = Find(fd);
        if (TakeFault(Call.Receive) is { } fault) return fault;
        int limit = Math.Min(buffer.Length, ReceiveLimit);
        SysResult result = socket.Receive(buffer[..limit]);
        if (result.Ok && result.Value == limit && limit < buffer.Length) socket.Watch(socket.Data);
        return result;
    }

    public override SysResult Peek(int fd) => Find(fd).Peek();

    public override SysResult Send(int fd, ReadOnlySpan<byte> bytes)
    {
        SimulatedSocket socket = Find(fd);
        return TakeFault(Call.Send) ?? socket.Send(bytes, SendLimit);
    }

    public override SysResult ShutdownWrite(int fd)
    {
        Find(fd).ShutdownWrite();
        return SysResult.Success(0);
    }

    public override void Close(int fd, bool reset)
    {
        Find(fd).Close(reset);
        _open.Remove(fd);
    }

    public override SysResult Watch(int epoll, int fd, PollEvents events, ulong data)
    {
        if (fd == Listener)
        {
            _listenerData = data;
        }
        else if (!_open.TryGetValue(fd, out SimulatedSocket? socket))
        {
            // The mailbox's eventfd is a real one; it is looked at in every turn.
            _mailboxData = data;
        }
        else
        {
            if (TakeFault(Call.Watch) is { } fault) return fault;
            socket.Watch(data);
        }

        return SysResult.Success(0);
    }

    public override SysResult Unwatch(int epoll, int fd)
    {
        if (fd == Listener) _listenerData = null;
        return SysResult.Success(0);
    }

    public override SysResult Wait(int epoll, EventBatch batch, int timeoutMs)
    {
        int count = 0;
        batch.Set(count++, PollEvents.In, _mailboxData);
        if (_listenerData is { } listener && _backlog.Count > 0) batch.Set(count++, PollEvents.In, listener);
        foreach (SimulatedSocket socket in _open.Values)
        {
            if (!socket.HasEdge || !socket.Watched || count == batch.Capacity) continue;
            socket.Tell();
            batch.Set(count++, socket.Events, socket.Data);
        }

        WasIdle = count == 1 && timeoutMs != 0;
        return SysResult.Success(count);
    }

    private SysResult? TakeFault(Call call) => _faults.Remove(call, out Errno error) ? SysResult.Failure(error) : null;

    private SimulatedSocket Find(int fd)
    {
        if (_open.TryGetValue(fd, out SimulatedSocket? socket)) return socket;
        return IsOver ? new SimulatedSocket(fd) : throw new BrokenPromiseException("a descriptor is used after its close");
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;

namespace Portok.Proof;

/// <summary>
/// Many sockets on one thread, by epoll: ten thousand clients cost the machine as little as they can, so that what is measured
/// is the daemon's work. Not a server's loop: no fairness, no limits.
/// </summary>
public sealed class SocketLoop : IDisposable
{
    private readonly int _epoll = Descriptors.CreateEpoll().Value;
    private readonly EventBatch _batch = new(512);
    private readonly PriorityQueue<Action, long> _due = new();
    private LoopSocket?[] _sockets = new LoopSocket?[1024];
    private uint _generation;

    /// <summary>The system calls.</summary>
    public KernelSocketCalls Calls { get; } = new();

    /// <summary>Room for what is read, valid until the next socket's turn.</summary>
    public byte[] Scratch { get; } = new byte[64 * 1024];

    /// <summary>Milliseconds of the monotonic clock, with fractions.</summary>
    public static double NowMs => Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency;

    /// <summary>Begins to connect to a port of 127.0.0.1.</summary>
    /// <returns>None, or why it did not even begin: no descriptor, no local port.</returns>
    public Errno Connect(int port, LoopSocket socket)
    {
        SysResult opened = Calls.Connect(UpstreamAddress.Loopback(port), 0);
        return opened.Ok ? Add(opened.Value, socket) : opened.Error;
    }

    /// <summary>Connects with a receive buffer of its own size: a client that takes little before it has to be waited for.</summary>
    public Errno Connect(int port, LoopSocket socket, int receiveBuffer)
    {
        using var made = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        made.ReceiveBufferSize = receiveBuffer;
        made.Connect(IPAddress.Loopback, port);
        made.Blocking = false;
        // A second descriptor of the same connection, which this loop owns.
        SysResult owned = Descriptors.Duplicate((int)made.Handle);
        return owned.Ok ? Add(owned.Value, socket) : owned.Error;
    }

    /// <summary>Listens on a port of 127.0.0.1 and makes a socket for each connection.</summary>
    public void Listen(int port, Func<LoopSocket> make)
    {
        SysResult opened = ListeningSocket.Open(IPAddress.Loopback, port, dualStack: false, backlog: 4096);
        if (!opened.Ok) throw new InvalidOperationException($"Port {port} cannot be listened on: {opened.Error}.");
        Add(opened.Value, new Listener(this, make));
    }

    /// <summary>Closes; an event that is under way for it is dropped.</summary>
    public void Close(LoopSocket socket, bool reset = false)
    {
        if (!socket.IsOpen) return;
        _sockets[socket.Descriptor] = null;
        Calls.Close(socket.Descriptor, reset);
        socket.Descriptor = -1;
    }

    /// <summary>Calls back at a time of <see cref="NowMs"/>, or as soon after it as the loop comes to it.</summary>
    public void At(double dueMs, Action action) => _due.Enqueue(action, (long)(dueMs * 1000));

    /// <summary>Runs until the condition holds, looked at after every turn.</summary>
    /// <returns>False when the time was over first.</returns>
    public bool RunUntil(Func<bool> done, TimeSpan within)
    {
        double end = NowMs + within.TotalMilliseconds;
        while (!done())
        {
            double now = NowMs;
            if (now >= end) return false;
            Turn(Math.Min(end, now + 100));
        }

        return true;
    }

    /// <summary>Runs for a while.</summary>
    public void RunFor(TimeSpan span) => RunUntil(() => false, span);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LoopSocket socket in _sockets.OfType<LoopSocket>().ToList()) Close(socket);
        Descriptors.Close(_epoll);
    }

    private void Turn(double untilMs)
    {
        double now = NowMs, wake = untilMs;
        if (_due.TryPeek(out _, out long next)) wake = Math.Min(wake, next / 1000.0);
        SysResult ready = Calls.Wait(_epoll, _batch, Math.Max(0, (int)Math.Ceiling(wake - now)));
        for (int i = 0; i < (ready.Ok ? ready.Value : 0); i++)
        {
            ulong data = _batch.Data(i);
            LoopSocket? socket = _sockets[(int)(uint)data];
            if (socket is not null && socket.Generation == (uint)(data >> 32)) socket.OnReady(_batch.Events(i));
        }

        now = NowMs;
        while (_due.TryPeek(out Action? action, out next) && next <= now * 1000)
        {
            _due.Dequeue();
            action();
        }
    }

    private Errno Add(int descriptor, LoopSocket socket)
    {
        if (descriptor >= _sockets.Length) Array.Resize(ref _sockets, Math.Max(descriptor + 1, _sockets.Length * 2));
        (socket.Descriptor, socket.Generation) = (descriptor, ++_generation);
        _sockets[descriptor] = socket;
        SysResult watched = Calls.Watch(
            _epoll,
            descriptor,
            PollEvents.In | PollEvents.Out | PollEvents.ReadHangUp | PollEvents.EdgeTriggered,
            ((ulong)socket.Generation << 32) | (uint)descriptor);
        if (watched.Ok) return Errno.None;
        Close(socket);
        return watched.Error;
    }

    private sealed class Listener(SocketLoop loop, Func<LoopSocket> make) : LoopSocket
    {
        public override void OnReady(PollEvents events)
        {
            while (true)
            {
                SysResult accepted = loop.Calls.Accept(Descriptor, out _);
                if (accepted.Ok) loop.Add(accepted.Value, make());
                else if (accepted.Error != Errno.ConnectionAborted) return;
            }
        }
    }
}

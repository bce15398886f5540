using Portok.Linux.Polling;

namespace Portok.Linux.Sockets;

/// <summary>
/// The system calls a reactor makes, as a thin layer that tests can script: short reads and writes, EAGAIN at any point,
/// EMFILE, resets. All sockets are non-blocking; EINTR is dealt with inside. Any thread, but one descriptor from one thread.
/// </summary>
public abstract class SocketCalls
{
    /// <summary>Takes a waiting connection, non-blocking and close-on-exec.</summary>
    public abstract SysResult Accept(int listener, out PeerAddress peer);

    /// <summary>Opens a connection; InProgress counts as success (the first send or an event tells how it went).</summary>
    /// <param name="keepAliveSeconds">Delay of TCP keep-alive probes in seconds, 0 for none.</param>
    public abstract SysResult Connect(UpstreamAddress address, int keepAliveSeconds);

    /// <summary>
    /// Lets the kernel take more from the app before it is read: for an answer that is large and a client that keeps up, so that
    /// more of it comes with each call. Kept until the connection is closed. A hint, so it cannot fail.
    /// </summary>
    public abstract void WidenReceiveBuffer(int fd);

    /// <summary>Reads; 0 is the peer's FIN.</summary>
    public abstract SysResult Receive(int fd, Span<byte> buffer);

    /// <summary>Looks whether the peer has closed or sent something: Again when the connection is simply quiet.</summary>
    public abstract SysResult Peek(int fd);

    /// <summary>Writes without ever raising SIGPIPE; may take less than everything.</summary>
    public abstract SysResult Send(int fd, ReadOnlySpan<byte> bytes);

    /// <summary>Sends FIN after what was written.</summary>
    public abstract SysResult ShutdownWrite(int fd);

    /// <summary>Closes; with <paramref name="reset"/> the peer gets a RST instead of a FIN.</summary>
    public abstract void Close(int fd, bool reset);

    /// <summary>Registers a descriptor, once for its life.</summary>
    public abstract SysResult Watch(int epoll, int fd, PollEvents events, ulong data);

    /// <summary>Takes a descriptor out again without closing it.</summary>
    public abstract SysResult Unwatch(int epoll, int fd);

    /// <summary>The monotonic clock in ms; a reactor reads it once a turn of its loop.</summary>
    public virtual long NowMs() => Environment.TickCount64;

    /// <summary>The same in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public virtual long NowTicks() => System.Diagnostics.Stopwatch.GetTimestamp();

    /// <summary>Waits for events.</summary>
    /// <param name="timeoutMs">−1 for no limit.</param>
    public abstract SysResult Wait(int epoll, EventBatch batch, int timeoutMs);
}

using System.Collections.Concurrent;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;

namespace Portok.Engine.Tests.Support;

/// <summary>Remembers which descriptors were opened and not closed, whatever the calls behind it do.</summary>
internal sealed class TrackingSocketCalls(SocketCalls calls) : SocketCalls
{
    private readonly ConcurrentDictionary<int, string> _open = new();

    /// <summary>Descriptors that are open now.</summary>
    internal IReadOnlyDictionary<int, string> Open => _open;

    public override SysResult Accept(int listener, out PeerAddress peer) => Opened(calls.Accept(listener, out peer), "accepted");

    public override SysResult Connect(UpstreamAddress address, int keepAliveSeconds) => Opened(calls.Connect(address, keepAliveSeconds), "connected");

    public override void WidenReceiveBuffer(int fd) => calls.WidenReceiveBuffer(fd);

    public override SysResult Receive(int fd, Span<byte> buffer) => calls.Receive(fd, buffer);

    public override SysResult Peek(int fd) => calls.Peek(fd);

    public override SysResult Send(int fd, ReadOnlySpan<byte> bytes) => calls.Send(fd, bytes);

    public override SysResult ShutdownWrite(int fd) => calls.ShutdownWrite(fd);

    public override void Close(int fd, bool reset)
    {
        // Before the close: afterwards the number may be another's.
        if (!_open.TryRemove(fd, out _)) throw new InvalidOperationException($"Descriptor {fd} is closed a second time.");
        calls.Close(fd, reset);
    }

    public override SysResult Watch(int epoll, int fd, PollEvents events, ulong data) => calls.Watch(epoll, fd, events, data);

    public override SysResult Unwatch(int epoll, int fd) => calls.Unwatch(epoll, fd);

    public override SysResult Wait(int epoll, EventBatch batch, int timeoutMs) => calls.Wait(epoll, batch, timeoutMs);

    private SysResult Opened(SysResult result, string how)
    {
        if (result.Ok) _open[result.Value] = how;
        return result;
    }
}

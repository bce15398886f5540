using System.Collections.Concurrent;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;

namespace Portok.Engine.Tests.Support;

/// <summary>
/// The real system calls with a script in between: each hook sees a call first and may answer it itself, shorten it or throw.
/// The kernel knows nothing of what a script made up, and would tell no new edge; so a descriptor whose call was shortened or
/// refused is registered with epoll anew, which makes the kernel say again what it is ready for.
/// </summary>
internal sealed class ScriptedSocketCalls : SocketCalls
{
    private readonly KernelSocketCalls _kernel = new();
    private readonly ConcurrentDictionary<int, Watched> _watched = new();
    private readonly ConcurrentDictionary<int, bool> _upstreams = new();
    private readonly ConcurrentQueue<int> _widened = new();
    private int _mostUpstreams;

    /// <summary>Descriptors whose receive buffer was widened, in order.</summary>
    internal IReadOnlyCollection<int> Widened => _widened;

    /// <summary>Bytes at most that a receive may take; null for no limit.</summary>
    internal Func<int, int?>? ReceiveLimit { get; set; }

    /// <summary>Bytes at most that a send may take; null for no limit.</summary>
    internal Func<int, int?>? SendLimit { get; set; }

    /// <summary>An answer in place of the kernel's; null lets the call through.</summary>
    internal Func<int, SysResult?>? OnReceive { get; set; }

    /// <inheritdoc cref="OnReceive"/>
    internal Func<int, ReadOnlyMemory<byte>, SysResult?>? OnSend { get; set; }

    /// <inheritdoc cref="OnReceive"/>
    internal Func<int, SysResult?>? OnPeek { get; set; }

    /// <inheritdoc cref="OnReceive"/>
    internal Func<SysResult?>? OnAccept { get; set; }

    /// <summary>Told before a connection is accepted.</summary>
    internal Action? BeforeAccept { get; set; }

    /// <inheritdoc cref="OnReceive"/>
    internal Func<SysResult?>? OnConnect { get; set; }

    /// <inheritdoc cref="OnReceive"/>
    internal Func<int, SysResult?>? OnWatch { get; set; }

    /// <summary>Told before a descriptor is closed.</summary>
    internal Action<int>? OnClose { get; set; }

    /// <summary>Whether the descriptor is a connection to the app.</summary>
    internal bool IsUpstream(int fd) => _upstreams.ContainsKey(fd);

    /// <summary>The most descriptors of connections to the app that were open at one time.</summary>
    internal int MostUpstreams => Volatile.Read(ref _mostUpstreams);

    public override SysResult Accept(int listener, out PeerAddress peer)
    {
        BeforeAccept?.Invoke();
        if (OnAccept?.Invoke() is { } made)
        {
            peer = default;
            return made;
        }

        return _kernel.Accept(listener, out peer);
    }

    public override SysResult Connect(UpstreamAddress address, int keepAliveSeconds)
    {
        if (OnConnect?.Invoke() is { } made) return made;
        SysResult result = _kernel.Connect(address, keepAliveSeconds);
        if (!result.Ok) return result;
        lock (_upstreams)
        {
            _upstreams[result.Value] = true;
            _mostUpstreams = Math.Max(_mostUpstreams, _upstreams.Count);
        }

        return result;
    }

    public override void WidenReceiveBuffer(int fd)
    {
        _widened.Enqueue(fd);
        _kernel.WidenReceiveBuffer(fd);
    }

    public override SysResult Receive(int fd, Span<byte> buffer)
    {
        if (OnReceive?.Invoke(fd) is { } made) return Answered(fd, made);
        if (ReceiveLimit?.Invoke(fd) is not { } limit || limit >= buffer.Length) return _kernel.Receive(fd, buffer);
        SysResult result = _kernel.Receive(fd, buffer[..limit]);
        if (result.Ok && result.Value > 0) WatchAnew(fd);
        return result;
    }

    public override SysResult Peek(int fd) => OnPeek?.Invoke(fd) ?? _kernel.Peek(fd);

    public override SysResult Send(int fd, ReadOnlySpan<byte> bytes)
    {
        if (OnSend is { } onSend && onSend(fd, bytes.ToArray()) is { } made) return Answered(fd, made);
        if (SendLimit?.Invoke(fd) is not { } limit || limit >= bytes.Length) return _kernel.Send(fd, bytes);
        SysResult result = _kernel.Send(fd, bytes[..limit]);
        if (result.Ok) WatchAnew(fd);
        return result;
    }

    public override SysResult ShutdownWrite(int fd) => _kernel.ShutdownWrite(fd);

    public override void Close(int fd, bool reset)
    {
        OnClose?.Invoke(fd);
        _watched.TryRemove(fd, out _);
        lock (_upstreams)
        {
            _upstreams.TryRemove(fd, out _);
            _kernel.Close(fd, reset);
        }
    }

    public override SysResult Watch(int epoll, int fd, PollEvents events, ulong data)
    {
        if (OnWatch?.Invoke(fd) is { } made) return made;
        if ((events & PollEvents.EdgeTriggered) != PollEvents.None) _watched[fd] = new Watched(epoll, events, data);
        return _kernel.Watch(epoll, fd, events, data);
    }

    public override SysResult Unwatch(int epoll, int fd) => _kernel.Unwatch(epoll, fd);

    public override SysResult Wait(int epoll, EventBatch batch, int timeoutMs) => _kernel.Wait(epoll, batch, timeoutMs);

    private SysResult Answered(int fd, SysResult made)
    {
        if (made.Error == Errno.Again) WatchAnew(fd);
        return made;
    }

    private void WatchAnew(int fd)
    {
        if (!_watched.TryGetValue(fd, out Watched? watched)) return;
        _ = _kernel.Unwatch(watched.Epoll, fd);
        _ = _kernel.Watch(watched.Epoll, fd, watched.Events, watched.Data);
    }

    private sealed record Watched(int Epoll, PollEvents Events, ulong Data);
}

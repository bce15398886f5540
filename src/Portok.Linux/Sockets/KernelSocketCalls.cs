using System.Runtime.CompilerServices;
using Portok.Linux.Polling;

namespace Portok.Linux.Sockets;

/// <summary>The real system calls.</summary>
public sealed unsafe class KernelSocketCalls : SocketCalls
{
    /// <inheritdoc />
    public override SysResult Accept(int listener, out PeerAddress peer)
    {
        byte* address = stackalloc byte[28];
        while (true)
        {
            uint length = 28;
            SysResult result = SysResult.Of(Libc.accept4(listener, address, &length, Libc.SockNonBlock | Libc.SockCloseOnExec));
            if (result.Error == Errno.Interrupted) continue;
            peer = result.Ok ? PeerAddress.FromSockAddr(new ReadOnlySpan<byte>(address, (int)Math.Min(length, 28u))) : default;
            return result;
        }
    }

    /// <inheritdoc />
    public override SysResult Connect(UpstreamAddress address, int keepAliveSeconds)
    {
        int type = Libc.SockStream | Libc.SockNonBlock | Libc.SockCloseOnExec;
        SysResult opened = SysResult.Of(Libc.socket(address.IsUnix ? Libc.AfUnix : Libc.AfInet, type, 0));
        if (!opened.Ok) return opened;
        int fd = opened.Value;
        if (!address.IsUnix) SetUpstreamOptions(fd, keepAliveSeconds);
        fixed (byte* sockAddr = address.SockAddr)
        {
            while (true)
            {
                SysResult result = SysResult.Of(Libc.connect(fd, sockAddr, (uint)address.SockAddr.Length));
                if (result.Error == Errno.Interrupted) continue;
                if (result.Ok || result.Error == Errno.InProgress) return opened;
                _ = Libc.close(fd);
                return result;
            }
        }
    }

    /// <summary>
    /// Bytes of an answer that the kernel takes from the app while the client does not read it (it doubles the number for what
    /// it needs itself). Left to itself it would take megabytes for each.
    /// </summary>
    private const int ReceiveBuffer = 128 * 1024;

    /// <summary>The same where the client keeps up: the kernel's double is four times what one call can take.</summary>
    private const int WideReceiveBuffer = 512 * 1024;

    /// <inheritdoc />
    public override void WidenReceiveBuffer(int fd)
    {
        int receive = WideReceiveBuffer;
        _ = Libc.setsockopt(fd, Libc.SolSocket, Libc.SoReceiveBuffer, &receive, sizeof(int));
    }

    private static void SetUpstreamOptions(int fd, int keepAliveSeconds)
    {
        int one = 1, receive = ReceiveBuffer;
        _ = Libc.setsockopt(fd, Libc.SolSocket, Libc.SoReceiveBuffer, &receive, sizeof(int));
        _ = Libc.setsockopt(fd, Libc.IpProtoTcp, Libc.TcpNoDelay, &one, sizeof(int));
        if (keepAliveSeconds <= 0) return;
        _ = Libc.setsockopt(fd, Libc.SolSocket, Libc.SoKeepAlive, &one, sizeof(int));
        _ = Libc.setsockopt(fd, Libc.IpProtoTcp, Libc.TcpKeepIdle, &keepAliveSeconds, sizeof(int));
    }

    /// <inheritdoc />
    public override SysResult Receive(int fd, Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
        {
            SysResult result = SysResult.Of(Libc.recv(fd, pointer, (nuint)buffer.Length, 0));
            return result.Error == Errno.Interrupted ? RetryReceive(fd, buffer) : result;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SysResult RetryReceive(int fd, Span<byte> buffer) => Receive(fd, buffer);

    /// <inheritdoc />
    public override SysResult Peek(int fd)
    {
        byte one;
        SysResult result = SysResult.Of(Libc.recv(fd, &one, 1, Libc.MsgPeek | Libc.MsgDontWait));
        return result.Error == Errno.Interrupted ? Peek(fd) : result;
    }

    /// <inheritdoc />
    public override SysResult Send(int fd, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes)
        {
            SysResult result = SysResult.Of(Libc.send(fd, pointer, (nuint)bytes.Length, Libc.MsgNoSignal));
            return result.Error == Errno.Interrupted ? RetrySend(fd, bytes) : result;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SysResult RetrySend(int fd, ReadOnlySpan<byte> bytes) => Send(fd, bytes);

    /// <inheritdoc />
    public override SysResult ShutdownWrite(int fd) => SysResult.Of(Libc.shutdown(fd, Libc.ShutWrite));

    /// <inheritdoc />
    public override void Close(int fd, bool reset)
    {
        if (reset)
        {
            // struct linger { l_onoff = 1, l_linger = 0 }: close sends RST.
            int* linger = stackalloc int[2] { 1, 0 };
            _ = Libc.setsockopt(fd, Libc.SolSocket, Libc.SoLinger, linger, 8);
        }

        // Linux frees the descriptor even when close says EINTR: never call it twice.
        _ = Libc.close(fd);
    }

    /// <inheritdoc />
    public override SysResult Watch(int epoll, int fd, PollEvents events, ulong data)
    {
        Span<byte> entry = stackalloc byte[16];
        EventBatch.Encode(entry, events, data);
        fixed (byte* pointer = entry)
            return SysResult.Of(Libc.epoll_ctl(epoll, Libc.EpollCtlAdd, fd, pointer));
    }

    /// <inheritdoc />
    public override SysResult Unwatch(int epoll, int fd)
    {
        byte* ignored = stackalloc byte[16];
        return SysResult.Of(Libc.epoll_ctl(epoll, Libc.EpollCtlDelete, fd, ignored));
    }

    /// <inheritdoc />
    public override SysResult Wait(int epoll, EventBatch batch, int timeoutMs)
    {
        fixed (byte* events = batch.Bytes)
        {
            SysResult result = SysResult.Of(Libc.epoll_wait(epoll, events, batch.Capacity, timeoutMs));
            return result.Error == Errno.Interrupted ? SysResult.Success(0) : result;
        }
    }
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Portok.Linux.Sockets;

/// <summary>Opens listening sockets and takes over ones that were opened by somebody else (systemd).</summary>
public static unsafe class ListeningSocket
{
    /// <summary>
    /// Bytes beyond the peer's window that the kernel keeps for a client that does not read. Its own limit is megabytes for
    /// each: a thousand such clients would bring the memory of all TCP sockets of the host under pressure.
    /// </summary>
    private const int UnsentBytesKept = 128 * 1024;

    /// <summary>
    /// Binds and listens. The descriptor is non-blocking, close-on-exec, with address reuse; connections accepted from it
    /// inherit TCP_NODELAY and a bound on unsent bytes (TCP_NOTSENT_LOWAT).
    /// </summary>
    /// <param name="address">IPv4 or IPv6 address to listen on.</param>
    /// <param name="port">1–65535, or 0 for a free one.</param>
    /// <param name="dualStack">With an IPv6 address: take IPv4 connections too.</param>
    /// <param name="backlog">Connections that may wait in the kernel.</param>
    /// <returns>The descriptor, or the error: AddressInUse, Access, AddressNotAvailable, AddressFamilyNotSupported …</returns>
    public static SysResult Open(IPAddress address, int port, bool dualStack, int backlog)
    {
        bool v6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        int type = Libc.SockStream | Libc.SockNonBlock | Libc.SockCloseOnExec;
        SysResult opened = SysResult.Of(Libc.socket(v6 ? Libc.AfInet6 : Libc.AfInet, type, 0));
        if (!opened.Ok) return opened;
        int fd = opened.Value, one = 1, only = v6 && !dualStack ? 1 : 0;
        _ = Libc.setsockopt(fd, Libc.SolSocket, Libc.SoReuseAddr, &one, sizeof(int));
        SetWhatIsInherited(fd);
        if (v6) _ = Libc.setsockopt(fd, Libc.IpProtoIpv6, Libc.Ipv6Only, &only, sizeof(int));

        byte* sockAddr = stackalloc byte[28];
        uint length = WriteSockAddr(new Span<byte>(sockAddr, 28), address, port, v6);
        SysResult result = SysResult.Of(Libc.bind(fd, sockAddr, length));
        if (result.Ok) result = SysResult.Of(Libc.listen(fd, backlog));
        if (result.Ok) return opened;
        _ = Libc.close(fd);
        return result;
    }

    private static uint WriteSockAddr(Span<byte> target, IPAddress address, int port, bool v6)
    {
        target.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)(v6 ? Libc.AfInet6 : Libc.AfInet));
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)port);
        address.TryWriteBytes(target[(v6 ? 8 : 4)..], out _);
        if (v6 && address.ScopeId != 0) BinaryPrimitives.WriteUInt32LittleEndian(target[24..], (uint)address.ScopeId);
        return v6 ? 28u : 16u;
    }

    /// <summary>Makes a socket that was handed over ready for use: non-blocking, close-on-exec, with the options that what it accepts inherits.</summary>
    /// <returns>The same descriptor, or why it cannot be used: NotSocket, Invalid when it is no listening stream socket.</returns>
    public static SysResult Adopt(int fd)
    {
        int listening = 0, type = 0;
        uint length = sizeof(int);
        SysResult result = SysResult.Of(Libc.getsockopt(fd, Libc.SolSocket, Libc.SoAcceptConn, &listening, &length));
        if (!result.Ok) return result;
        length = sizeof(int);
        _ = Libc.getsockopt(fd, Libc.SolSocket, Libc.SoType, &type, &length);
        if (listening == 0 || type != Libc.SockStream) return SysResult.Failure(Errno.Invalid);
        int flags = Libc.fcntl(fd, Libc.FGetFl, 0);
        result = SysResult.Of(Libc.fcntl(fd, Libc.FSetFl, flags | Libc.ONonBlock));
        if (!result.Ok) return result;
        _ = Libc.fcntl(fd, Libc.FSetFd, Libc.FdCloseOnExec);
        SetWhatIsInherited(fd);
        return SysResult.Success(fd);
    }

    // Set once here, and not with a call for each connection that is accepted.
    private static void SetWhatIsInherited(int fd)
    {
        int one = 1, unsent = UnsentBytesKept;
        _ = Libc.setsockopt(fd, Libc.IpProtoTcp, Libc.TcpNoDelay, &one, sizeof(int));
        _ = Libc.setsockopt(fd, Libc.IpProtoTcp, Libc.TcpNotSentLowAt, &unsent, sizeof(int));
    }

    /// <summary>The port a socket is bound to, 0 when it is not an IP socket.</summary>
    public static int PortOf(int fd)
    {
        byte* address = stackalloc byte[28];
        uint length = 28;
        if (Libc.getsockname(fd, address, &length) < 0) return 0;
        var bytes = new ReadOnlySpan<byte>(address, 28);
        int family = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        return family is Libc.AfInet or Libc.AfInet6 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : 0;
    }
}

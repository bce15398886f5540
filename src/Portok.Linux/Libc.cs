using System.Runtime.InteropServices;

namespace Portok.Linux;

/// <summary>
/// The libc functions as they are. SetLastError is left out on purpose: errno is read right after the call, which is
/// cheaper and enough because nothing runs in between.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Name = "libc";

    internal const int AfUnix = 1, AfInet = 2, AfInet6 = 10;
    internal const int SockStream = 1, SockDgram = 2, SockNonBlock = 0x800, SockCloseOnExec = 0x80000;
    internal const int MsgPeek = 0x2, MsgDontWait = 0x40, MsgNoSignal = 0x4000;
    internal const int SolSocket = 1, SoReuseAddr = 2, SoType = 3, SoError = 4, SoReceiveBuffer = 8, SoKeepAlive = 9, SoLinger = 13, SoPeerCred = 17, SoAcceptConn = 30, SoDomain = 39;
    internal const int IpProtoTcp = 6, TcpNoDelay = 1, TcpKeepIdle = 4, TcpNotSentLowAt = 25;
    internal const int IpProtoIpv6 = 41, Ipv6Only = 26;
    internal const int ShutWrite = 1;
    internal const int EpollCloseOnExec = 0x80000, EpollCtlAdd = 1, EpollCtlDelete = 2;
    internal const int EventFdNonBlock = 0x800, EventFdCloseOnExec = 0x80000;
    internal const int FGetFl = 3, FSetFl = 4, FSetFd = 2, FdCloseOnExec = 1, FDupFdCloseOnExec = 1030, ONonBlock = 0x800;

    [DllImport(Name)] internal static extern int socket(int domain, int type, int protocol);
    [DllImport(Name)] internal static extern int bind(int fd, byte* address, uint length);
    [DllImport(Name)] internal static extern int listen(int fd, int backlog);
    [DllImport(Name)] internal static extern int accept4(int fd, byte* address, uint* length, int flags);
    [DllImport(Name)] internal static extern int connect(int fd, byte* address, uint length);
    [DllImport(Name)] internal static extern int getsockname(int fd, byte* address, uint* length);
    [DllImport(Name)] internal static extern nint recv(int fd, byte* buffer, nuint length, int flags);
    [DllImport(Name)] internal static extern nint send(int fd, byte* buffer, nuint length, int flags);
    [DllImport(Name)] internal static extern int shutdown(int fd, int how);
    [DllImport(Name)] internal static extern int setsockopt(int fd, int level, int option, void* value, uint length);
    [DllImport(Name)] internal static extern int getsockopt(int fd, int level, int option, void* value, uint* length);
    [DllImport(Name)] internal static extern int close(int fd);
    [DllImport(Name)] internal static extern int dup(int fd);
    [DllImport(Name)] internal static extern int fcntl(int fd, int command, nint argument);
    [DllImport(Name)] internal static extern nint read(int fd, byte* buffer, nuint length);
    [DllImport(Name)] internal static extern nint write(int fd, byte* buffer, nuint length);
    [DllImport(Name)] internal static extern int epoll_create1(int flags);
    [DllImport(Name)] internal static extern int epoll_ctl(int epoll, int operation, int fd, byte* epollEvent);
    [DllImport(Name)] internal static extern int epoll_wait(int epoll, byte* events, int capacity, int timeoutMs);
    [DllImport(Name)] internal static extern int eventfd(uint initial, int flags);
}

using System.Globalization;
using System.Reflection;
using Portok.Linux.Polling;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests.Headers;

/// <summary>The constants written down in C# against those of this machine's C headers.</summary>
public sealed class ConstantTests
{
    private static readonly Dictionary<string, string> CNames = new(StringComparer.Ordinal)
    {
        ["AfUnix"] = "AF_UNIX",
        ["AfInet"] = "AF_INET",
        ["AfInet6"] = "AF_INET6",
        ["SockStream"] = "SOCK_STREAM",
        ["SockDgram"] = "SOCK_DGRAM",
        ["SockNonBlock"] = "SOCK_NONBLOCK",
        ["SockCloseOnExec"] = "SOCK_CLOEXEC",
        ["MsgPeek"] = "MSG_PEEK",
        ["MsgDontWait"] = "MSG_DONTWAIT",
        ["MsgNoSignal"] = "MSG_NOSIGNAL",
        ["SolSocket"] = "SOL_SOCKET",
        ["SoReuseAddr"] = "SO_REUSEADDR",
        ["SoType"] = "SO_TYPE",
        ["SoError"] = "SO_ERROR",
        ["SoReceiveBuffer"] = "SO_RCVBUF",
        ["SoKeepAlive"] = "SO_KEEPALIVE",
        ["SoLinger"] = "SO_LINGER",
        ["SoPeerCred"] = "SO_PEERCRED",
        ["SoAcceptConn"] = "SO_ACCEPTCONN",
        ["SoDomain"] = "SO_DOMAIN",
        ["IpProtoTcp"] = "IPPROTO_TCP",
        ["TcpNoDelay"] = "TCP_NODELAY",
        ["TcpKeepIdle"] = "TCP_KEEPIDLE",
        ["TcpNotSentLowAt"] = "TCP_NOTSENT_LOWAT",
        ["IpProtoIpv6"] = "IPPROTO_IPV6",
        ["Ipv6Only"] = "IPV6_V6ONLY",
        ["ShutWrite"] = "SHUT_WR",
        ["EpollCloseOnExec"] = "EPOLL_CLOEXEC",
        ["EpollCtlAdd"] = "EPOLL_CTL_ADD",
        ["EpollCtlDelete"] = "EPOLL_CTL_DEL",
        ["EventFdNonBlock"] = "EFD_NONBLOCK",
        ["EventFdCloseOnExec"] = "EFD_CLOEXEC",
        ["FGetFl"] = "F_GETFL",
        ["FSetFl"] = "F_SETFL",
        ["FSetFd"] = "F_SETFD",
        ["FdCloseOnExec"] = "FD_CLOEXEC",
        ["ONonBlock"] = "O_NONBLOCK",
        ["FDupFdCloseOnExec"] = "F_DUPFD_CLOEXEC",
        ["OReadOnly"] = "O_RDONLY",
        ["OCloseOnExec"] = "O_CLOEXEC",
        ["RlimitNoFile"] = "RLIMIT_NOFILE",
    };

    private static readonly Dictionary<Errno, string> ErrnoNames = new()
    {
        [Errno.None] = "0",
        [Errno.Perm] = "EPERM",
        [Errno.NoEntry] = "ENOENT",
        [Errno.Interrupted] = "EINTR",
        [Errno.BadDescriptor] = "EBADF",
        [Errno.Again] = "EAGAIN",
        [Errno.NoMemory] = "ENOMEM",
        [Errno.Access] = "EACCES",
        [Errno.Invalid] = "EINVAL",
        [Errno.TooManyFilesInSystem] = "ENFILE",
        [Errno.TooManyFiles] = "EMFILE",
        [Errno.NoSpace] = "ENOSPC",
        [Errno.BrokenPipe] = "EPIPE",
        [Errno.Protocol] = "EPROTO",
        [Errno.NotSocket] = "ENOTSOCK",
        [Errno.AddressInUse] = "EADDRINUSE",
        [Errno.AddressNotAvailable] = "EADDRNOTAVAIL",
        [Errno.NetworkUnreachable] = "ENETUNREACH",
        [Errno.ConnectionAborted] = "ECONNABORTED",
        [Errno.ConnectionReset] = "ECONNRESET",
        [Errno.NoBuffers] = "ENOBUFS",
        [Errno.NotConnected] = "ENOTCONN",
        [Errno.TimedOut] = "ETIMEDOUT",
        [Errno.ConnectionRefused] = "ECONNREFUSED",
        [Errno.InProgress] = "EINPROGRESS",
        [Errno.AddressFamilyNotSupported] = "EAFNOSUPPORT",
    };

    private static readonly Dictionary<PollEvents, string> PollNames = new()
    {
        [PollEvents.None] = "0",
        [PollEvents.In] = "EPOLLIN",
        [PollEvents.Out] = "EPOLLOUT",
        [PollEvents.Error] = "EPOLLERR",
        [PollEvents.HangUp] = "EPOLLHUP",
        [PollEvents.ReadHangUp] = "EPOLLRDHUP",
        [PollEvents.Exclusive] = "(unsigned)EPOLLEXCLUSIVE",
        [PollEvents.EdgeTriggered] = "(unsigned)EPOLLET",
    };

    [Fact]
    public async Task Libc_EveryConstant_IsThatOfTheHeaders()
    {
        Dictionary<string, long> declared = typeof(Libc).GetFields(BindingFlags.NonPublic | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(int))
            .ToDictionary(field => field.Name, field => Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture), StringComparer.Ordinal);
        declared.Keys.ShouldBe(CNames.Keys, ignoreOrder: true);

        IReadOnlyDictionary<string, long> real = await CompiledC.EvaluateAsync(CNames.Values);
        foreach ((string name, long value) in declared) value.ShouldBe(real[CNames[name]], name);
    }

    [Fact]
    public async Task Errno_EveryNumber_IsThatOfTheHeaders()
    {
        Enum.GetValues<Errno>().ShouldBe(ErrnoNames.Keys, ignoreOrder: true);
        IReadOnlyDictionary<string, long> real = await CompiledC.EvaluateAsync(ErrnoNames.Values);
        foreach ((Errno error, string name) in ErrnoNames) ((long)error).ShouldBe(real[name], name);
    }

    [Fact]
    public async Task PollEvents_EveryBit_IsThatOfTheHeaders()
    {
        Enum.GetValues<PollEvents>().ShouldBe(PollNames.Keys, ignoreOrder: true);
        IReadOnlyDictionary<string, long> real = await CompiledC.EvaluateAsync(PollNames.Values);
        foreach ((PollEvents bit, string name) in PollNames) ((long)bit).ShouldBe(real[name], name);
    }
}

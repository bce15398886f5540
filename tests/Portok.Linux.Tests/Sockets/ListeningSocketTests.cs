using System.Net;
using System.Net.Sockets;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests.Sockets;

public sealed class ListeningSocketTests
{
    private readonly KernelSocketCalls _calls = new();

    [Fact]
    public async Task Open_DualStack_TakesBothFamilies()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "IPv6 is off");
        int listener = ListeningSocket.Open(IPAddress.IPv6Any, 0, dualStack: true, 16).Value;
        try
        {
            (await AcceptedPeerAsync(listener, IPAddress.Loopback)).ShouldBe("127.0.0.1");
            (await AcceptedPeerAsync(listener, IPAddress.IPv6Loopback)).ShouldBe("::1");
        }
        finally
        {
            Descriptors.Close(listener);
        }
    }

    [Fact]
    public async Task Open_V6Only_RefusesV4()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "IPv6 is off");
        int listener = ListeningSocket.Open(IPAddress.IPv6Loopback, 0, dualStack: false, 16).Value;
        try
        {
            int port = ListeningSocket.PortOf(listener);
            using var v4 = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            (await Should.ThrowAsync<SocketException>(v4.ConnectAsync(IPAddress.Loopback, port))).SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
            (await AcceptedPeerAsync(listener, IPAddress.IPv6Loopback)).ShouldBe("::1");
        }
        finally
        {
            Descriptors.Close(listener);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Accepted_KeepsLittleForAClientThatDoesNotRead(bool handedOver)
    {
        const int ipProtoTcp = 6, tcpNotSentLowAt = 25;
        using var foreign = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        foreign.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        foreign.Listen();
        int listener = handedOver
            ? ListeningSocket.Adopt((int)foreign.Handle).Value
            : ListeningSocket.Open(IPAddress.Loopback, 0, dualStack: false, 16).Value;
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, ListeningSocket.PortOf(listener), TestContext.Current.CancellationToken);
        using var accepted = new Socket(new SafeSocketHandle(_calls.Accept(listener, out _).Value, ownsHandle: true));
        byte[] option = new byte[sizeof(int)];
        accepted.GetRawSocketOption(ipProtoTcp, tcpNotSentLowAt, option).ShouldBe(sizeof(int));
        BitConverter.ToInt32(option).ShouldBe(128 * 1024);
        if (!handedOver) Descriptors.Close(listener);
    }

    [Fact]
    public void Open_PortZero_GivesAPortThatPortOfTells()
    {
        int listener = ListeningSocket.Open(IPAddress.Loopback, 0, dualStack: false, 16).Value;
        ListeningSocket.PortOf(listener).ShouldBeInRange(1, 65535);
        Descriptors.Close(listener);
    }

    [Fact]
    public void Open_PortInUse_SaysSoAndLeavesNoDescriptor()
    {
        int listener = ListeningSocket.Open(IPAddress.Loopback, 0, dualStack: false, 16).Value;
        try
        {
            int port = ListeningSocket.PortOf(listener);
            ListeningSocket.Open(IPAddress.Loopback, port, dualStack: false, 16).Error.ShouldBe(Errno.AddressInUse);
        }
        finally
        {
            Descriptors.Close(listener);
        }
    }

    [Fact]
    public void Open_AddressOfNobodyHere_SaysSo()
        => ListeningSocket.Open(IPAddress.Parse("192.0.2.1"), 0, dualStack: false, 16).Error.ShouldBe(Errno.AddressNotAvailable);

    [Fact]
    public async Task Open_PortJustLeft_MayBeTakenAgain()
    {
        // Without SO_REUSEADDR, the connection that this side closed first would keep the port for a minute.
        int listener = ListeningSocket.Open(IPAddress.Loopback, 0, dualStack: false, 16).Value;
        int port = ListeningSocket.PortOf(listener);
        using (var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            _calls.Close(_calls.Accept(listener, out _).Value, reset: false);
            Descriptors.Close(listener);
            (await client.ReceiveAsync(new byte[1])).ShouldBe(0);
        }

        SysResult again = ListeningSocket.Open(IPAddress.Loopback, port, dualStack: false, 16);
        again.Ok.ShouldBeTrue(again.ToString());
        Descriptors.Close(again.Value);
    }

    [Fact]
    public async Task Adopt_ListeningSocketOfAnother_AcceptsWithoutBlocking()
    {
        using var handed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        handed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        handed.Listen();
        int fd = (int)handed.Handle;

        ListeningSocket.Adopt(fd).Value.ShouldBe(fd);
        _calls.Accept(fd, out _).Error.ShouldBe(Errno.Again);
        (await AcceptedPeerAsync(fd, IPAddress.Loopback)).ShouldBe("127.0.0.1");
    }

    [Fact]
    public void Adopt_NoSocket_SaysSo()
    {
        int fd = Descriptors.CreateEventFd().Value;
        ListeningSocket.Adopt(fd).Error.ShouldBe(Errno.NotSocket);
        ListeningSocket.PortOf(fd).ShouldBe(0);
        Descriptors.Close(fd);
        ListeningSocket.Adopt(-1).Error.ShouldBe(Errno.BadDescriptor);
    }

    [Theory]
    [InlineData(SocketType.Stream, ProtocolType.Tcp)]
    [InlineData(SocketType.Dgram, ProtocolType.Udp)]
    public void Adopt_SocketThatDoesNotListen_IsInvalid(SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        ListeningSocket.Adopt((int)socket.Handle).Error.ShouldBe(Errno.Invalid);
    }

    private async Task<string> AcceptedPeerAsync(int listener, IPAddress from)
    {
        using var client = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(from, ListeningSocket.PortOf(listener));
        SysResult accepted = _calls.Accept(listener, out PeerAddress peer);
        accepted.Ok.ShouldBeTrue(accepted.ToString());
        _calls.Close(accepted.Value, reset: false);
        return peer.ToString();
    }
}

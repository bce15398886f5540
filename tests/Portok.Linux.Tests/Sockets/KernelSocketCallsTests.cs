using System.Net;
using System.Net.Sockets;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests.Sockets;

/// <summary>The thin layer on real sockets: a pair of connections, one end held by it, the other by .NET.</summary>
public sealed class KernelSocketCallsTests : IDisposable
{
    private readonly KernelSocketCalls _calls = new();
    private readonly int _listener = ListeningSocket.Open(IPAddress.Loopback, 0, dualStack: false, 16).Value;

    public void Dispose() => Descriptors.Close(_listener);

    [Fact]
    public void Accept_NobodyWaits_IsAgain() => _calls.Accept(_listener, out _).Error.ShouldBe(Errno.Again);

    [Fact]
    public async Task Receive_NothingYet_IsAgain_ThenTheBytes_ThenFinAsZero()
    {
        (int fd, Socket peer) = await PairAsync();
        byte[] buffer = new byte[16];
        _calls.Receive(fd, buffer).Error.ShouldBe(Errno.Again);
        _calls.Peek(fd).Error.ShouldBe(Errno.Again);

        await peer.SendAsync("hello"u8.ToArray());
        WaitReadable(fd);
        _calls.Peek(fd).Value.ShouldBe(1);
        _calls.Receive(fd, buffer).Value.ShouldBe(5);
        buffer.AsSpan(0, 5).SequenceEqual("hello"u8).ShouldBeTrue();

        peer.Shutdown(SocketShutdown.Send);
        WaitReadable(fd);
        _calls.Peek(fd).Value.ShouldBe(0);
        _calls.Receive(fd, buffer).ShouldBe(SysResult.Success(0));
        _calls.Close(fd, reset: false);
        peer.Dispose();
    }

    [Fact]
    public async Task Receive_PeerReset_IsConnectionReset()
    {
        (int fd, Socket peer) = await PairAsync();
        peer.LingerState = new LingerOption(enable: true, seconds: 0);
        peer.Close();
        WaitReadable(fd);
        _calls.Receive(fd, new byte[1]).Error.ShouldBe(Errno.ConnectionReset);
        _calls.Close(fd, reset: false);
    }

    [Fact]
    public async Task Send_PeerGone_IsBrokenPipeAndNoSignal()
    {
        (int fd, Socket peer) = await PairAsync();
        _calls.ShutdownWrite(fd).Ok.ShouldBeTrue();
        // SIGPIPE would end this process.
        _calls.Send(fd, "x"u8).Error.ShouldBe(Errno.BrokenPipe);
        _calls.Close(fd, reset: false);
        peer.Dispose();
    }

    [Fact]
    public async Task Send_PeerDoesNotRead_TakesLessThanAllAndThenAgain()
    {
        (int fd, Socket peer) = await PairAsync();
        byte[] block = new byte[1 << 20];
        long taken = 0;
        SysResult result;
        while ((result = _calls.Send(fd, block)).Ok) taken += result.Value;
        result.Error.ShouldBe(Errno.Again);
        (taken % block.Length).ShouldNotBe(0);
        _calls.Close(fd, reset: true);
        peer.Dispose();
    }

    [Fact]
    public async Task ShutdownWrite_PeerSeesFinBehindTheBytes_AndMayStillSend()
    {
        (int fd, Socket peer) = await PairAsync();
        _calls.Send(fd, "bye"u8).Value.ShouldBe(3);
        _calls.ShutdownWrite(fd).Ok.ShouldBeTrue();
        byte[] buffer = new byte[16];
        (await peer.ReceiveAsync(buffer)).ShouldBe(3);
        (await peer.ReceiveAsync(buffer)).ShouldBe(0);
        await peer.SendAsync("ok"u8.ToArray());
        WaitReadable(fd);
        _calls.Receive(fd, buffer).Value.ShouldBe(2);
        _calls.Close(fd, reset: false);
        peer.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Close_WithAndWithoutReset_SendsRstOrFin(bool reset)
    {
        (int fd, Socket peer) = await PairAsync();
        _calls.Close(fd, reset);
        if (reset) (await Should.ThrowAsync<SocketException>(async () => await peer.ReceiveAsync(new byte[1]))).SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        else (await peer.ReceiveAsync(new byte[1])).ShouldBe(0);
        peer.Dispose();
    }

    [Fact]
    public async Task Connect_SomebodyListens_Connects()
    {
        SysResult opened = _calls.Connect(UpstreamAddress.Loopback(ListeningSocket.PortOf(_listener)), keepAliveSeconds: 7);
        opened.Ok.ShouldBeTrue();
        await Poll.UntilAsync(() => _calls.Send(opened.Value, "hi"u8).Ok);
        int accepted = _calls.Accept(_listener, out PeerAddress peer).Value;
        peer.ToString().ShouldBe("127.0.0.1");
        WaitReadable(accepted);
        _calls.Receive(accepted, new byte[8]).Value.ShouldBe(2);
        using (var looked = new Socket(new SafeSocketHandle((nint)opened.Value, ownsHandle: false)))
        {
            looked.NoDelay.ShouldBeTrue();
            ((int)looked.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!).ShouldBe(1);
            ((int)looked.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime)!).ShouldBe(7);
        }

        _calls.Close(opened.Value, reset: false);
        _calls.Close(accepted, reset: false);
    }

    [Fact]
    public void Connect_NobodyListens_IsRefusedAtOnceOrAtTheFirstUse()
    {
        var address = UpstreamAddress.Loopback(FreePort.Next());
        SysResult opened = _calls.Connect(address, keepAliveSeconds: 0);
        if (opened.Ok)
        {
            WaitReadable(opened.Value);
            _calls.Receive(opened.Value, new byte[1]).Error.ShouldBe(Errno.ConnectionRefused);
            _calls.Close(opened.Value, reset: false);
        }
        else
        {
            opened.Error.ShouldBe(Errno.ConnectionRefused);
        }
    }

    [Fact]
    public void Connect_NoUnixSocketThere_SaysSo()
    {
        using var folder = new TempFolder();
        _calls.Connect(UpstreamAddress.Unix(folder.Combine("none.sock")), 0).Error.ShouldBe(Errno.NoEntry);
    }

    [Fact]
    public void Connect_UnixSocket_Connects()
    {
        using var folder = new TempFolder();
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        server.Bind(new UnixDomainSocketEndPoint(folder.Combine("a.sock")));
        server.Listen();
        int fd = _calls.Connect(UpstreamAddress.Unix(folder.Combine("a.sock")), 0).Value;
        using Socket accepted = server.Accept();
        _calls.Send(fd, "x"u8).Value.ShouldBe(1);
        accepted.Receive(new byte[4]).ShouldBe(1);
        _calls.Close(fd, reset: false);
    }

    [Fact]
    public async Task Accepted_FromAListenerOpenedHere_DoesNotDelaySmallWrites()
    {
        (int fd, Socket peer) = await PairAsync();
        using (var looked = new Socket(new SafeSocketHandle((nint)fd, ownsHandle: false))) looked.NoDelay.ShouldBeTrue();
        _calls.Close(fd, reset: false);
        peer.Dispose();
    }

    [Fact]
    public void Wait_NothingHappens_ReturnsAfterItsTime()
    {
        int epoll = Descriptors.CreateEpoll().Value;
        _calls.Wait(epoll, new EventBatch(4), 1).ShouldBe(SysResult.Success(0));
        Descriptors.Close(epoll);
        _calls.Wait(-1, new EventBatch(4), 0).Error.ShouldBe(Errno.BadDescriptor);
    }

    private async Task<(int Fd, Socket Peer)> PairAsync()
    {
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(IPAddress.Loopback, ListeningSocket.PortOf(_listener));
        SysResult accepted = _calls.Accept(_listener, out _);
        accepted.Ok.ShouldBeTrue(accepted.ToString());
        return (accepted.Value, peer);
    }

    /// <summary>Waits by epoll: a peek would take a socket's error away.</summary>
    private void WaitReadable(int fd)
    {
        int epoll = Descriptors.CreateEpoll().Value;
        _calls.Watch(epoll, fd, PollEvents.In, 0).Ok.ShouldBeTrue();
        int count = _calls.Wait(epoll, new EventBatch(1), (int)Patience.Normal.TotalMilliseconds).Value;
        Descriptors.Close(epoll);
        count.ShouldBe(1);
    }
}

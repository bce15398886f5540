using System.Net.Sockets;
using System.Text;
using Portok.Linux.Systemd;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests.Systemd;

public sealed class NotifySocketTests : IDisposable
{
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 20_000 };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portok-notify-");

    public void Dispose()
    {
        _manager.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Send_ToAPath_ArrivesAsOneDatagramEach()
    {
        string path = Path.Join(_folder.FullName, "notify");
        _manager.Bind(new UnixDomainSocketEndPoint(path));
        using NotifySocket socket = NotifySocket.Open(path);
        socket.IsConnected.ShouldBeTrue();
        socket.Ready("port 8080").ShouldBeTrue();
        socket.Status("a\nb\r\nREADY=0").ShouldBeTrue();
        socket.Reloading(123).ShouldBeTrue();
        socket.Watchdog().ShouldBeTrue();
        socket.Stopping("bye").ShouldBeTrue();
        socket.ExtendTimeout(TimeSpan.FromSeconds(1.5)).ShouldBeTrue();
        Enumerable.Range(0, 6).Select(_ => Receive()).ShouldBe(
        [
            "READY=1\nSTATUS=port 8080", "STATUS=a b READY=0", "RELOADING=1\nMONOTONIC_USEC=123", "WATCHDOG=1", "STOPPING=1\nSTATUS=bye", "EXTEND_TIMEOUT_USEC=1500000",
        ]);
    }

    [Fact]
    public void Send_ToAnAbstractAddress_Arrives()
    {
        string name = $"portok-test-{Guid.NewGuid():n}";
        _manager.Bind(new UnixDomainSocketEndPoint("\0" + name));
        using NotifySocket socket = NotifySocket.Open("@" + name);
        socket.Watchdog().ShouldBeTrue();
        Receive().ShouldBe("WATCHDOG=1");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("vsock:2:1234")]
    [InlineData("relative")]
    public void Open_NoManagerOfAKnownKind_DoesNothing(string? address)
    {
        using NotifySocket socket = NotifySocket.Open(address);
        socket.IsConnected.ShouldBeFalse();
        socket.Ready("x").ShouldBeFalse();
    }

    [Fact]
    public void Open_PathTooLongForASocket_DoesNothing()
    {
        using NotifySocket socket = NotifySocket.Open("/" + new string('x', 200));
        socket.IsConnected.ShouldBeFalse();
    }

    [Fact]
    public void Send_ManagerGone_IsSurvived()
    {
        using NotifySocket socket = NotifySocket.Open(Path.Join(_folder.FullName, "nobody"));
        socket.Watchdog().ShouldBeFalse();
    }

    private string Receive()
    {
        byte[] message = new byte[4096];
        return Encoding.UTF8.GetString(message, 0, _manager.Receive(message));
    }
}

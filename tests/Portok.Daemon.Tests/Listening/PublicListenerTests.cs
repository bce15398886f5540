using System.Net;
using System.Net.Sockets;
using Portok.Daemon.Listening;
using Portok.Linux.Systemd;
using Shouldly;

namespace Portok.Daemon.Tests.Listening;

public class PublicListenerTests
{
    [Fact]
    public void Open_PortInUse_NamesThePort()
    {
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        int port = ((IPEndPoint)other.LocalEndPoint!).Port;
        Should.Throw<StartException>(() => PublicListener.Open(IPAddress.Loopback, port, []))
            .Message.ShouldStartWith($"port {port} is in use by another program");
    }

    [Fact]
    public void Open_AddressOfAnotherMachine_SaysSo()
        => Should.Throw<StartException>(() => PublicListener.Open(IPAddress.Parse("192.0.2.1"), 0, [])).Message.ShouldBe("LISTEN_HOST=192.0.2.1 is no address of this machine");

    [Fact]
    public async Task Open_NoHost_TakesIPv4()
    {
        PublicListener listener = PublicListener.Open(null, 0, []);
        using Socket owner = new(new SafeSocketHandle(listener.Descriptors.ShouldHaveSingleItem(), ownsHandle: true));
        listener.Port.ShouldBeGreaterThan(0);
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, listener.Port);
        client.Connected.ShouldBeTrue();
    }

    [Fact]
    public void Open_HandedSocket_IsTakenOverWhateverListenPortSays()
    {
        using Socket handed = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        handed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        handed.Listen();
        int port = ((IPEndPoint)handed.LocalEndPoint!).Port;
        int descriptor = (int)handed.SafeHandle.DangerousGetHandle();

        PublicListener listener = PublicListener.Open(null, port, [new HandedSocket(descriptor, "http")]);
        listener.Descriptors.ShouldBe([descriptor]);
        listener.Port.ShouldBe(port);
        listener.Warnings.ShouldBeEmpty();

        PublicListener.Open(null, port == 3000 ? 3001 : 3000, [new HandedSocket(descriptor, null)]).Warnings.ShouldHaveSingleItem().ShouldContain($"is not the port {port}");
    }

    [Fact]
    public void Open_HandedSocketThatDoesNotListen_IsRefused()
    {
        using Socket handed = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        handed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int descriptor = (int)handed.SafeHandle.DangerousGetHandle();
        Should.Throw<StartException>(() => PublicListener.Open(null, 3000, [new HandedSocket(descriptor, "http")]))
            .Message.ShouldStartWith($"socket {descriptor} (http) handed over by the service manager is no listening TCP socket");
    }
}

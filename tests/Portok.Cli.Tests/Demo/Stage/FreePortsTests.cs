using System.Net;
using System.Net.Sockets;
using Portok.Cli.Demo.Stage;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Demo.Stage;

public sealed class FreePortsTests
{
    [Fact]
    public void Find_GivesDifferentPortsThatCanBeListenedOn()
    {
        int[] ports = FreePorts.Find(5);

        ports.Distinct().Count().ShouldBe(5);
        foreach (int port in ports)
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Instances;

public sealed class PortChoiceTests
{
    [Fact]
    public void Any_TakesTheOnePortThatIsLeft()
    {
        HashSet<int> taken = [.. Enumerable.Range(3000, 1000).Where(p => p % 2 == 0)];
        PortChoice choice = new(taken, port => port is not (3501 or 3601));

        choice.Any(PortChoice.Public, not: 3501).ShouldBe(3601);
    }

    [Fact]
    public void Any_NoneLeft_SaysWhatToDo() =>
        Should.Throw<CommandFailure>(() => new PortChoice(new HashSet<int>(), _ => true).Any(PortChoice.Apps)).Message.ShouldContain("Every port from 8000 to 8999 is taken");

    [Fact]
    public void Any_StaysInItsRange_AndIsNotAlwaysTheSame()
    {
        PortChoice choice = new(new HashSet<int>(), _ => false);

        int[] ports = [.. Enumerable.Range(0, 50).Select(_ => choice.Any(PortChoice.Apps))];

        ports.ShouldAllBe(p => p >= 8000 && p <= 8999);
        ports.Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void IsListenedOn_SocketOnALoopbackAddress_IsSeen(string address)
    {
        IPAddress ip = IPAddress.Parse(address);
        using Socket socket = new(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        // Not one of the kernel's choice: an outgoing connection may have the same at another address.
        int port = FreePort.Next();
        socket.Bind(new IPEndPoint(ip, port));
        socket.Listen();

        PortChoice.IsListenedOn(port).ShouldBeTrue();
        socket.Dispose();
        PortChoice.IsListenedOn(port).ShouldBeFalse();
    }

    [Fact]
    public void Lists_OnlyListeningSocketsOfThatPort()
    {
        string[] table =
        [
            "  sl  local_address rem_address   st tx_queue",
            "   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000",
            "   1: 0100007F:0BB9 0100007F:1F90 01 00000000:00000000",
        ];

        PortChoice.Lists(table, 3000).ShouldBeTrue();
        PortChoice.Lists(table, 3001).ShouldBeFalse();
        PortChoice.Lists(table, 8080).ShouldBeFalse();
    }
}

using System.Net;
using System.Net.Sockets;
using Portok.Cli.Doctor.Sources;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Doctor;

public sealed class ListenerTableTests
{
    private static Socket Listen(IPAddress address)
    {
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        socket.Listen();
        return socket;
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void On_RealSocket_IsFoundWithItsAddressAndItsProcess(string address)
    {
        using Socket socket = Listen(IPAddress.Parse(address));
        int port = ((IPEndPoint)socket.LocalEndPoint!).Port;

        ListenerTable table = ListenerTable.Read();

        table.On(port).ShouldContain(l => l.Address.Equals(IPAddress.Parse(address)));
        table.OwnersOf(port).ShouldContain(o => o.Pid == Environment.ProcessId);
    }

    [Fact]
    public void OwnersOf_ProcessThatMayNotBeSeen_IsNobody()
    {
        using TempFolder proc = new();
        proc.File("net/tcp", "  sl  local_address rem_address   st\n   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0\n");
        proc.File("42/comm", "node\n");

        ListenerTable table = ListenerTable.Read(proc.Path);

        table.On(3000).Count.ShouldBe(1);
        table.OwnersOf(3000).ShouldBeEmpty();
    }

    [Theory]
    // Established, not listening.
    [InlineData("   0: 0100007F:0BB8 00000000:0000 01 00000000:00000000 00:00000000 00000000     0        0 4711 1")]
    [InlineData("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode")]
    [InlineData("")]
    public void Parse_WhatDoesNotListen_IsNull(string line) => ListenerTable.Parse(line).ShouldBeNull();
}

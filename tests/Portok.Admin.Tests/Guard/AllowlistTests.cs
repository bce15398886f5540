using System.Net;
using Portok.Admin.Guard;
using Portok.Admin.Tests.Support;

namespace Portok.Admin.Tests.Guard;

public class AllowlistTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("127.0.0.2", false)]
    [InlineData("::2", false)]
    [InlineData("0.0.0.1", false)]
    public void Loopback_HoldsTheTwoLoopbackAddressesOnly(string address, bool held) =>
        Allowlist.Loopback.Contains(IPAddress.Parse(address)).ShouldBe(held);

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("192.168.4.0/23", "192.168.5.255", true)]
    [InlineData("192.168.4.0/23", "192.168.6.0", false)]
    [InlineData("fd00::/8", "fdff::1", true)]
    [InlineData("fd00::/8", "fe00::1", false)]
    [InlineData("fe80::/10", "fe80::1%2", true)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "203.0.113.9", false)]
    [InlineData("::ffff:10.0.0.0/104", "10.9.9.9", true)]
    [InlineData("::ffff:10.0.0.0/104", "11.9.9.9", false)]
    public void Range_HoldsItsAddresses(string range, string address, bool held) =>
        Headers.Allow(range).Contains(IPAddress.Parse(address)).ShouldBe(held);

    [Fact]
    public void EmptyList_HoldsNothing() => Headers.Allow().Contains(IPAddress.Loopback).ShouldBeFalse();
}

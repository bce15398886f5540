using System.Net;
using Portok.Admin.Guard;
using Portok.Admin.Tests.Support;

namespace Portok.Admin.Tests.Guard;

public class ForwardingHeadersTests
{
    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.1", "192.0.2.1")]
    [InlineData("X-Forwarded-For", "192.0.2.1, 10.0.0.1 ,\t::1", "192.0.2.1 10.0.0.1 ::1")]
    [InlineData("X-Forwarded-For", "192.0.2.1:80,[2001:db8::1]:80", "192.0.2.1 2001:db8::1")]
    [InlineData("X-Real-IP", "192.0.2.1", "192.0.2.1")]
    [InlineData("Forwarded", "for=192.0.2.1", "192.0.2.1")]
    [InlineData("Forwarded", "For=192.0.2.1;proto=https;by=10.0.0.1", "192.0.2.1")]
    [InlineData("Forwarded", "proto=http ; FOR=\"[2001:db8::1]:4711\"", "2001:db8::1")]
    [InlineData("Forwarded", "for=192.0.2.1, for=\"10.0.0.1:80\"", "192.0.2.1 10.0.0.1")]
    [InlineData("Forwarded", "for=\"192\\.0.2.1\"", "192.0.2.1")]
    [InlineData("Forwarded", "host=\"a;for=10.0.0.1,for=10.0.0.2\";for=192.0.2.1", "192.0.2.1")]
    public void Addresses_AreAllFound(string name, string value, string addresses)
    {
        var found = new List<IPAddress>();
        ForwardingHeaders.TryRead(Headers.Of((name, value)), found).ShouldBeTrue();
        string.Join(' ', found).ShouldBe(addresses);
    }

    [Fact]
    public void Addresses_OfEveryLineAndEveryHeader_AreFound()
    {
        var found = new List<IPAddress>();
        ForwardingHeaders.TryRead(
            Headers.Of(
                ("X-Forwarded-For", "192.0.2.1"),
                ("x-forwarded-for", "192.0.2.2"),
                ("X-Real-IP", "192.0.2.3"),
                ("Forwarded", "for=192.0.2.4"),
                ("forwarded", "for=192.0.2.5")),
            found).ShouldBeTrue();
        found.Select(a => a.ToString()).ShouldBe(["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"]);
    }

    [Fact]
    public void NoForwardingHeader_IsNoFault()
    {
        var found = new List<IPAddress>();
        ForwardingHeaders.TryRead(Headers.Of(("Accept", "x")), found).ShouldBeTrue();
        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("X-Forwarded-For", "")]
    [InlineData("X-Forwarded-For", "unknown")]
    [InlineData("X-Forwarded-For", "127.0.0.1,")]
    [InlineData("X-Forwarded-For", ",127.0.0.1")]
    [InlineData("X-Forwarded-For", "127.0.0.1 10.0.0.1")]
    [InlineData("X-Forwarded-For", "127.1")]
    [InlineData("X-Forwarded-For", "localhost")]
    [InlineData("X-Real-IP", "unix:")]
    [InlineData("Forwarded", "")]
    [InlineData("Forwarded", "for=unknown")]
    [InlineData("Forwarded", "for=_secret")]
    [InlineData("Forwarded", "for=\"_secret\"")]
    [InlineData("Forwarded", "for=")]
    [InlineData("Forwarded", "for=\"127.0.0.1")]
    [InlineData("Forwarded", "for=\"127.0.0.1\\")]
    [InlineData("Forwarded", "for=[::1]")]
    [InlineData("Forwarded", "for=\"::1\";")]
    [InlineData("Forwarded", "for=127.0.0.1;")]
    [InlineData("Forwarded", "for=127.0.0.1,")]
    [InlineData("Forwarded", "for=127.0.0.1 for=10.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1;for=127.0.0.1")]
    [InlineData("Forwarded", "for =127.0.0.1")]
    [InlineData("Forwarded", "for= 127.0.0.1")]
    [InlineData("Forwarded", "proto=https")]
    [InlineData("Forwarded", "for=127.0.0.1, proto=https")]
    [InlineData("Forwarded", "127.0.0.1")]
    [InlineData("Forwarded", "=127.0.0.1")]
    public void Header_ThatDoesNotNameItsAddressReadably_IsRefused(string name, string value) =>
        ForwardingHeaders.TryRead(Headers.Of((name, value)), []).ShouldBeFalse();
}

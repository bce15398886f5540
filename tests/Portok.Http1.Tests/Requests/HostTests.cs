using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Requests;

public sealed class HostTests
{
    [Theory]
    [InlineData("example.org")]
    [InlineData("EXAMPLE.org.")]
    [InlineData("example.org:80")]
    [InlineData("example.org:65535")]
    [InlineData("example.org:")]
    [InlineData("localhost:0")]
    [InlineData("127.0.0.1:3000")]
    [InlineData("a_b-c~d")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData("b%C3%BCcher")]
    [InlineData("b%c3%bc:80")]
    [InlineData("%41")]
    [InlineData("[::1]")]
    [InlineData("[::1]:8080")]
    [InlineData("[::1]:")]
    [InlineData("[2001:DB8::ffff:192.0.2.1]:1")]
    public void Host_Valid_IsTaken(string host)
    {
        string text = $"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n";
        Wire.Valid(text).Host.Of(text).ShouldBe(host);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":80")]
    [InlineData("user@a")]
    [InlineData("user:pass@a")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("http://a")]
    [InlineData("a, b")]
    [InlineData("a,b")]
    [InlineData("a b")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    [InlineData("a:80:90")]
    [InlineData("a:x")]
    [InlineData("a:+80")]
    [InlineData("a:-1")]
    [InlineData("a:65536")]
    [InlineData("a:99999999999999999999")]
    [InlineData("::1")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("[::1]80")]
    [InlineData("[::1]:x")]
    [InlineData("[]")]
    [InlineData("[1.2.3.4]")]
    [InlineData("[fe80::1%25eth0]")]
    [InlineData("[fe80::1%1]")]
    [InlineData("[v1.x]")]
    [InlineData("[:::1]")]
    [InlineData("a[::1]")]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("%4g")]
    [InlineData("a%zz:80")]
    [InlineData("%41/")]
    [InlineData("\u00e9")]
    [InlineData("a\tb")]
    [InlineData("\"a\"")]
    [InlineData("<a>")]
    public void Host_NotAHostWithPort_IsRefused(string host)
        => Wire.ParseRequest($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").ShouldBe(RejectReason.HostInvalid);

    [Fact]
    public void Host_MissingInHttp11_IsRefused() => Wire.ParseRequest("GET / HTTP/1.1\r\nX: 1\r\n\r\n").ShouldBe(RejectReason.HostMissing);

    [Fact]
    public void Host_MissingWithAbsoluteForm_IsRefused() => Wire.ParseRequest("GET http://a/ HTTP/1.1\r\n\r\n").ShouldBe(RejectReason.HostMissing);

    [Theory]
    [InlineData("HTTP/1.1", "a", "b")]
    [InlineData("HTTP/1.1", "a", "a")]
    [InlineData("HTTP/1.0", "a", "b")]
    public void Host_Repeated_IsRefused(string version, string one, string two)
        => Wire.ParseRequest($"GET / {version}\r\nHost: {one}\r\nX: 1\r\nhost: {two}\r\n\r\n").ShouldBe(RejectReason.HostRepeated);

    [Fact]
    public void Host_MissingInHttp10_IsGivenTheTargetsAddress()
    {
        Wire.Valid("GET / HTTP/1.0\r\n\r\n").Host.Length.ShouldBe(0);
        Wire.Rewrite("GET / HTTP/1.0\r\nX: 1\r\n\r\n").ShouldBe("GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nX: 1\r\n\r\n");
    }

    [Fact]
    public void Host_GivenInHttp10_IsKept()
        => Wire.Rewrite("GET / HTTP/1.0\r\nX: 1\r\nHost: a\r\n\r\n").ShouldBe("GET / HTTP/1.1\r\nX: 1\r\nHost: a\r\n\r\n");

    [Fact]
    public void Host_OfARefusedHead_IsReadForTheLog()
    {
        string text = "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n";
        Wire.Parse(text, out RequestHead head).ShouldBe(RejectReason.ContentLengthInvalid);
        head.Host.Of(text).ShouldBe("a");
    }
}

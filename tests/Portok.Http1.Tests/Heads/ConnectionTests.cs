using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Heads;

public sealed class ConnectionTests
{
    [Theory]
    [InlineData("HTTP/1.1", "", true)]
    [InlineData("HTTP/1.1", "Connection: keep-alive\r\n", true)]
    [InlineData("HTTP/1.1", "Connection: close\r\n", false)]
    [InlineData("HTTP/1.1", "connection: CLOSE\r\n", false)]
    [InlineData("HTTP/1.1", "Connection: x, close\r\n", false)]
    [InlineData("HTTP/1.1", "Connection: ,, close ,\r\n", false)]
    [InlineData("HTTP/1.1", "Connection: keep-alive, close\r\n", false)]
    [InlineData("HTTP/1.1", "Connection: keep-alive\r\nX: 1\r\nConnection: close\r\n", false)]
    [InlineData("HTTP/1.1", "Connection: closed\r\n", true)]
    [InlineData("HTTP/1.1", "Proxy-Connection: close\r\n", true)]
    [InlineData("HTTP/1.0", "", false)]
    [InlineData("HTTP/1.0", "Connection: keep-alive\r\n", true)]
    [InlineData("HTTP/1.0", "Connection: Keep-Alive\r\n", true)]
    [InlineData("HTTP/1.0", "Connection: keep-alive, close\r\n", false)]
    [InlineData("HTTP/1.0", "Proxy-Connection: keep-alive\r\n", false)]
    public void KeepAlive_FollowsVersionAndConnection(string version, string fields, bool expected)
        => Wire.Valid($"GET / {version}\r\nHost: a\r\n{fields}\r\n").KeepAlive.ShouldBe(expected);

    [Fact]
    public void Named_Fields_AreOfOneHop()
    {
        Wire.ParseFields("Foo: 1\r\nConnection: foo, BAR\r\nBar: 2\r\nBaz: 3\r\nfoo: 4\r\n", out RequestHead head).ShouldBe(RejectReason.None);
        head.Fields.Take(head.FieldCount).Select(f => f.IsHopByHop).ShouldBe([false, true, true, true, false, true]);
    }

    [Theory]
    [InlineData("Content-Length", "5")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Host", "h")]
    [InlineData("X-Forwarded-Port", "1")]
    [InlineData("Forwarded", "for=x")]
    [InlineData("X-Real-IP", "192.0.2.1")]
    [InlineData("Authorization", "Basic x")]
    [InlineData("Cookie", "a=b")]
    [InlineData("Set-Cookie", "a=b")]
    [InlineData("Content-Type", "text/plain")]
    [InlineData("Content-Encoding", "gzip")]
    [InlineData("Content-Range", "bytes 0-1/2")]
    [InlineData("Cache-Control", "no-store")]
    [InlineData("Via", "1.1 x")]
    [InlineData("Expect", "100-continue")]
    [InlineData("Trailer", "X")]
    public void Named_FieldTheAppFramesOrTrustsBy_IsKept(string name, string value)
        => Wire.Rewrite($"POST / HTTP/1.1\r\nHost: a\r\nConnection: host, {name}\r\n{name}: {value}\r\n\r\n")
            .ShouldBe($"POST / HTTP/1.1\r\nHost: a\r\n{name}: {value}\r\n\r\n");

    [Fact]
    public void Named_MoreOptionsThanSense_IsRefused()
    {
        string options = string.Join(',', Enumerable.Repeat("x", 65));
        Wire.ParseFields($"Connection: {options}\r\n", out _).ShouldBe(RejectReason.FieldValueInvalid);
        Wire.ParseFields($"Connection: {options[2..]}\r\n", out _).ShouldBe(RejectReason.None);
    }

    [Theory]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\n", true, true)]
    [InlineData("Connection: keep-alive, upgrade\r\nUpgrade: WebSocket\r\n", true, true)]
    [InlineData("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: x\r\n", true, false)]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket, h2c\r\n", true, false)]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: websocket\r\n", true, false)]
    [InlineData("Upgrade: websocket\r\n", false, true)]
    [InlineData("Connection: Upgrade\r\n", false, false)]
    [InlineData("Connection: close\r\n", false, false)]
    public void Upgrade_NeedsBothFields(string fields, bool upgrade, bool webSocket)
    {
        Wire.ParseFields(fields, out RequestHead head).ShouldBe(RejectReason.None);
        head.HasUpgrade.ShouldBe(upgrade);
        head.IsWebSocket.ShouldBe(webSocket);
    }

    [Fact]
    public void Upgrade_InHttp10_IsIgnored()
        => Wire.Valid("GET / HTTP/1.0\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n").HasUpgrade.ShouldBeFalse();
}

using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Requests;

public sealed class RequestRewriterTests
{
    [Theory]
    [InlineData("GET /a?b HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("M-SEARCH /%41|x HTTP/1.1\r\nhOST:a\r\nX-b:\r\nx-B: \r\nDup: 1\r\nDup: 1\r\nExpect: 100-continue\r\nAccept: */*\r\nContent-Length: 3\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: \u00e9\u00ff  b\tc\r\nVia: 1.1 x\r\nForwarded: for=x\r\nTrailer: Y\r\n\r\n")]
    public void Head_WithNothingToChange_GoesOnByteForByte(string text) => Wire.Rewrite(text).ShouldBe(text);

    [Fact]
    public void Head_EmptyLineInFront_IsNotPassedOn()
        => Wire.Rewrite("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n").ShouldBe("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

    [Fact]
    public void Head_Http10_BecomesHttp11()
        => Wire.Rewrite("POST /x HTTP/1.0\r\nHost: a\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n")
            .ShouldBe("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n");

    [Theory]
    [InlineData("X:  1", "X: 1")]
    [InlineData("X:\t1", "X: 1")]
    [InlineData("X: 1 \t", "X: 1")]
    [InlineData("X:1 ", "X: 1")]
    [InlineData("X:  ", "X: ")]
    [InlineData("hOsT2:   a", "hOsT2: a")]
    public void Line_OddlySpaced_IsWrittenAnew(string line, string expected)
        => Wire.Rewrite($"GET / HTTP/1.1\r\nHost:\t a \r\n{line}\r\nY: 2\r\n\r\n").ShouldBe($"GET / HTTP/1.1\r\nHost: a\r\n{expected}\r\nY: 2\r\n\r\n");

    [Theory]
    [InlineData("Connection: keep-alive")]
    [InlineData("Keep-Alive: timeout=5")]
    [InlineData("Proxy-Connection: keep-alive")]
    [InlineData("Proxy-Authorization: Basic x")]
    [InlineData("Proxy-Authenticate: Basic")]
    [InlineData("Proxy-Authentication-Info: x")]
    [InlineData("TE: gzip")]
    [InlineData("Upgrade: h2c")]
    [InlineData("x-admin-token: secret")]
    [InlineData("X-Admin-Token: secret")]
    [InlineData("x-portok-peer: 127.0.0.1")]
    [InlineData("Connection: foo\r\nFoo: 1")]
    public void Field_OfOneHop_IsRemovedWhereverItStands(string line)
    {
        Wire.Rewrite($"GET / HTTP/1.1\r\n{line}\r\nHost: a\r\nX: 1\r\n\r\n").ShouldBe("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\n");
        Wire.Rewrite($"GET / HTTP/1.1\r\nHost: a\r\n{line}\r\nX: 1\r\n\r\n").ShouldBe("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\n");
        Wire.Rewrite($"GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n{line}\r\n\r\n").ShouldBe("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\n");
    }

    [Theory]
    [InlineData("trailers", "TE: trailers\r\nX: 1\r\nConnection: TE\r\n")]
    [InlineData("gzip;q=0.5, Trailers", "TE: trailers\r\nX: 1\r\nConnection: TE\r\n")]
    [InlineData("gzip", "X: 1\r\n")]
    [InlineData("", "X: 1\r\n")]
    [InlineData("trailers;q=0.5", "X: 1\r\n")]
    public void Te_OnlyTrailersGoesOn(string te, string expected)
        => Wire.Rewrite($"GET / HTTP/1.1\r\nHost: a\r\nTE: {te}\r\nX: 1\r\nConnection: te\r\n\r\n")
            .ShouldBe($"GET / HTTP/1.1\r\nHost: a\r\n{expected}\r\n");

    [Fact]
    public void Te_InHttp10_IsIgnored()
        => Wire.Rewrite("GET / HTTP/1.0\r\nHost: a\r\nTE: trailers\r\n\r\n").ShouldBe("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

    [Theory]
    [InlineData("TE: gzip\r\nTE: trailers\r\n")]
    [InlineData("TE: trailers\r\nTE: trailers\r\n")]
    public void Te_InSeveralLines_BecomesOne(string lines)
        => Wire.Rewrite($"GET / HTTP/1.1\r\nHost: a\r\n{lines}\r\n").ShouldBe("GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: TE\r\n\r\n");

    [Theory]
    [InlineData(false, false, "")]
    [InlineData(true, false, "Connection: close\r\n")]
    [InlineData(false, true, "Connection: TE\r\n")]
    [InlineData(true, true, "Connection: close, TE\r\n")]
    public void Connection_IsOneFieldAtTheEnd(bool close, bool te, string expected)
    {
        string trailers = te ? "TE: trailers\r\n" : "";
        Wire.Rewrite($"GET / HTTP/1.1\r\nConnection: close\r\nHost: a\r\n{trailers}Connection: x\r\n\r\n", close: close)
            .ShouldBe($"GET / HTTP/1.1\r\nHost: a\r\n{trailers}{expected}\r\n");
    }

    [Fact]
    public void Upgrade_Relayed_KeepsItsFields()
    {
        const string text = "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Key: x==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        Wire.Rewrite(text, upgrade: true).ShouldBe(
            "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x==\r\nSec-WebSocket-Version: 13\r\nConnection: Upgrade\r\n\r\n");
        Wire.Rewrite(text, upgrade: true, close: true).ShouldEndWith("\r\nConnection: Upgrade\r\n\r\n");
        Wire.Rewrite(text).ShouldBe("GET /chat HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key: x==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    }

    [Fact]
    public void Upgrade_WithTrailers_NamesBoth()
        => Wire.Rewrite("GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nUpgrade: x\r\nConnection: upgrade, te\r\n\r\n", upgrade: true)
            .ShouldBe("GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nUpgrade: x\r\nConnection: TE, Upgrade\r\n\r\n");

    [Fact]
    public void Admin_TokenStaysAndPeerIsOurs()
        => Wire.Rewrite("POST /__switch?port=1 HTTP/1.1\r\nHost: a\r\nX-Admin-Token: s\r\nx-portok-peer: 127.0.0.1\r\nX-Forwarded-For: 1\r\n\r\n", admin: true, forwarded: true)
            .ShouldBe("POST /__switch?port=1 HTTP/1.1\r\nHost: a\r\nX-Admin-Token: s\r\nX-Forwarded-For: 1\r\nx-portok-peer: 192.0.2.7\r\n\r\n");

    [Theory]
    [InlineData("HTTP/1.1", "100-continue", true)]
    [InlineData("HTTP/1.1", "100-Continue", true)]
    [InlineData("HTTP/1.0", "100-continue", false)]
    public void Expect_Continue_IsAskedForInHttp11Only(string version, string value, bool expected)
    {
        string text = $"POST / {version}\r\nHost: a\r\nExpect: {value}\r\nContent-Length: 1\r\n\r\n";
        Wire.Valid(text).ExpectContinue.ShouldBe(expected);
        Wire.Rewrite(text).Contains("Expect", StringComparison.Ordinal).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("200-ok")]
    [InlineData("100-continue, x")]
    [InlineData("100-continue;x")]
    public void Expect_Other_IsRefused(string value)
        => Wire.ParseFields($"Expect: {value}\r\n", out _).ShouldBe(RejectReason.ExpectationUnknown);
}

using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Responses;

public sealed class ResponseRewriterTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 5\r\nX:1\r\nX: 1\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\n")]
    [InlineData("HTTP/1.1 404 \u00e9 x\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\nETag: \"x\"\r\n\r\n")]
    [InlineData("HTTP/1.1 200 \r\n\r\n")]
    public void Head_WithNothingToChange_GoesOnByteForByte(string text) => Wire.RewriteResponse(text).ShouldBe(text);

    [Theory]
    [InlineData("HTTP/1.0 200 OK\r\nX: 1\r\n\r\n", "HTTP/1.1 200 OK\r\nX: 1\r\n\r\n")]
    [InlineData("HTTP/1.1 200\r\nX: 1\r\n\r\n", "HTTP/1.1 200 \r\nX: 1\r\n\r\n")]
    [InlineData("HTTP/1.0 200\r\n\r\n", "HTTP/1.1 200 \r\n\r\n")]
    [InlineData("HTTP/1.0 200 \r\n\r\n", "HTTP/1.1 200 \r\n\r\n")]
    public void StatusLine_IsWrittenAsHttp11WithItsSpace(string text, string expected) => Wire.RewriteResponse(text).ShouldBe(expected);

    [Theory]
    [InlineData("Connection: keep-alive")]
    [InlineData("Connection: close")]
    [InlineData("Keep-Alive: timeout=5")]
    [InlineData("Proxy-Connection: x")]
    [InlineData("Proxy-Authenticate: Basic")]
    [InlineData("Proxy-Authentication-Info: x")]
    [InlineData("TE: trailers")]
    [InlineData("Upgrade: h2c")]
    [InlineData("Connection: foo\r\nFoo: 1")]
    public void Field_OfOneHop_IsRemovedWhereverItStands(string line)
    {
        const string expected = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: 1\r\n\r\n";
        Wire.RewriteResponse($"HTTP/1.1 200 OK\r\n{line}\r\nContent-Length: 0\r\nX: 1\r\n\r\n").ShouldBe(expected);
        Wire.RewriteResponse($"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n{line}\r\nX: 1\r\n\r\n").ShouldBe(expected);
        Wire.RewriteResponse($"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: 1\r\n{line}\r\n\r\n").ShouldBe(expected);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nX: 1\r\ncontent-length: 5\r\n", "Content-Length: 5\r\nX: 1\r\n")]
    [InlineData("content-length: 5, 5\r\nX: 1\r\n", "content-length: 5\r\nX: 1\r\n")]
    [InlineData("Content-Length: 005\r\n", "Content-Length: 5\r\n")]
    [InlineData("Content-Length:5\r\n", "Content-Length: 5\r\n")]
    [InlineData("X:  1 \r\n", "X: 1\r\n")]
    public void Line_NotCanonical_IsWrittenOnceAndPlain(string fields, string expected)
        => Wire.RewriteResponse($"HTTP/1.1 200 OK\r\n{fields}\r\n").ShouldBe($"HTTP/1.1 200 OK\r\n{expected}\r\n");

    [Theory]
    [InlineData("204 No Content", "Content-Length: 5")]
    [InlineData("204 No Content", "Transfer-Encoding: chunked")]
    [InlineData("103 Early Hints", "Content-Length: 0")]
    public void Framing_WhereNoneMayBe_IsDropped(string status, string field)
        => Wire.RewriteResponse($"HTTP/1.1 {status}\r\n{field}\r\nX: 1\r\n\r\n").ShouldBe($"HTTP/1.1 {status}\r\nX: 1\r\n\r\n");

    [Fact]
    public void Body_CloseDelimitedToHttp11_BecomesChunked()
        => Wire.RewriteResponse("HTTP/1.0 200 OK\r\nX: 1\r\n\r\n", new ResponseRewrite { BodyChange = ResponseBodyChange.AddChunked })
            .ShouldBe("HTTP/1.1 200 OK\r\nX: 1\r\nTransfer-Encoding: chunked\r\n\r\n");

    [Fact]
    public void Body_BecomesChunked_LosesItsLength()
        => Wire.RewriteResponse("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: 1\r\n\r\n", new ResponseRewrite { BodyChange = ResponseBodyChange.AddChunked })
            .ShouldBe("HTTP/1.1 200 OK\r\nX: 1\r\nTransfer-Encoding: chunked\r\n\r\n");

    [Fact]
    public void Body_ChunkedToHttp10_LosesCodingAndTrailer()
        => Wire.RewriteResponse("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Y\r\nX: 1\r\n\r\n",
                new ResponseRewrite { BodyChange = ResponseBodyChange.StripChunked, CloseClient = true })
            .ShouldBe("HTTP/1.1 200 OK\r\nX: 1\r\nConnection: close\r\n\r\n");

    [Fact]
    public void Connection_SaysWhatTheClientHasToKnow()
    {
        const string text = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        Wire.RewriteResponse(text, new ResponseRewrite { CloseClient = true }).ShouldBe("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        Wire.RewriteResponse(text, new ResponseRewrite { SayKeepAlive = true }).ShouldBe("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n");
        Wire.RewriteResponse(text, new ResponseRewrite { SayKeepAlive = true, CloseClient = true }).ShouldBe("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        Wire.RewriteResponse(text).ShouldBe("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    [Fact]
    public void Upgrade_Relayed_KeepsItsFields()
        => Wire.RewriteResponse("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x=\r\nContent-Length: 0\r\n\r\n",
                new ResponseRewrite { RelayUpgrade = true })
            .ShouldBe("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x=\r\nConnection: Upgrade\r\n\r\n");

    [Theory]
    [InlineData(false, false, "Connection: Upgrade")]
    [InlineData(true, false, "Connection: close, Upgrade")]
    [InlineData(false, true, "Connection: keep-alive, Upgrade")]
    public void UpgradeRequired_KeepsItsUpgrade(bool close, bool keepAlive, string connection)
        => Wire.RewriteResponse("HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: close, upgrade\r\nContent-Length: 0\r\n\r\n", new ResponseRewrite { CloseClient = close, SayKeepAlive = keepAlive })
            .ShouldBe($"HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nContent-Length: 0\r\n{connection}\r\n\r\n");

    [Fact]
    public void UpgradeRequired_WithoutUpgrade_GetsNone()
        => Wire.RewriteResponse("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n").ShouldBe("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n");
}

using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Responses;

public sealed class ResponseFramingTests
{
    [Theory]
    [InlineData("200 OK", "Content-Length: 5\r\n", BodyFraming.ContentLength, 5, true)]
    [InlineData("200 OK", "Content-Length: 0\r\n", BodyFraming.ContentLength, 0, true)]
    [InlineData("200 OK", "Transfer-Encoding: chunked\r\n", BodyFraming.Chunked, -1, true)]
    [InlineData("200 OK", "transfer-encoding: CHUNKED\r\nConnection: close\r\n", BodyFraming.Chunked, -1, false)]
    [InlineData("200 OK", "", BodyFraming.UntilClose, -1, false)]
    [InlineData("200 OK", "Connection: keep-alive\r\n", BodyFraming.UntilClose, -1, false)]
    [InlineData("204 No Content", "", BodyFraming.None, -1, true)]
    [InlineData("204 No Content", "Content-Length: 5\r\n", BodyFraming.None, 5, true)]
    [InlineData("204 No Content", "Transfer-Encoding: chunked\r\n", BodyFraming.None, -1, true)]
    [InlineData("304 Not Modified", "Content-Length: 5\r\n", BodyFraming.None, 5, true)]
    [InlineData("304 Not Modified", "Connection: close\r\n", BodyFraming.None, -1, false)]
    [InlineData("100 Continue", "", BodyFraming.None, -1, true)]
    [InlineData("103 Early Hints", "Link: </x>\r\nContent-Length: 0\r\n", BodyFraming.None, 0, true)]
    public void Framing_FollowsStatusAndFields(string status, string fields, BodyFraming framing, long length, bool keepAlive)
    {
        ResponseHead head = Wire.ValidResponse($"HTTP/1.1 {status}\r\n{fields}\r\n");
        head.Framing.ShouldBe(framing);
        head.ContentLength.ShouldBe(length);
        head.KeepAlive.ShouldBe(keepAlive);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n", 5)]
    [InlineData("Transfer-Encoding: chunked\r\n", -1)]
    [InlineData("", -1)]
    public void Framing_AnswerToHead_IsNone(string fields, long length)
    {
        ResponseHead head = Wire.ValidResponse($"HTTP/1.1 200 OK\r\n{fields}\r\n", MethodKind.Head);
        head.Framing.ShouldBe(BodyFraming.None);
        head.ContentLength.ShouldBe(length);
        head.KeepAlive.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n")]
    [InlineData("Content-Length: 5, 5\r\n")]
    [InlineData("Content-Length: 5,05\r\nX: 1\r\ncontent-length: 5\r\n")]
    public void ContentLength_RepeatedAndEqual_IsTakenAsOne(string fields)
    {
        ResponseHead head = Wire.ValidResponse($"HTTP/1.1 200 OK\r\n{fields}\r\n");
        head.Framing.ShouldBe(BodyFraming.ContentLength);
        head.ContentLength.ShouldBe(5);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n")]
    [InlineData("Content-Length: 5, 6\r\n")]
    [InlineData("Content-Length: 5,\r\n")]
    [InlineData("Content-Length: ,5\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length:\r\n")]
    [InlineData("Content-Length:\r\n")]
    [InlineData("Content-Length: x\r\n")]
    [InlineData("Content-Length: -1\r\n")]
    [InlineData("Content-Length: +1\r\n")]
    [InlineData("Content-Length: 0x1\r\n")]
    [InlineData("Content-Length: 9223372036854775808\r\n")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked, chunked\r\n")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n")]
    [InlineData("Transfer-Encoding: gzip\r\n")]
    [InlineData("Transfer-Encoding: identity\r\n")]
    [InlineData("Transfer-Encoding:\r\n")]
    public void Framing_Ambiguous_IsRefused(string fields)
    {
        Wire.Parse($"HTTP/1.1 200 OK\r\n{fields}\r\n", out ResponseHead _).ShouldBe(RejectReason.ResponseFramingInvalid);
        Wire.Parse($"HTTP/1.1 200 OK\r\n{fields}\r\n", out ResponseHead _, MethodKind.Head).ShouldBe(RejectReason.ResponseFramingInvalid);
    }

    [Fact]
    public void TransferEncoding_InHttp10_IsRefused()
        => Wire.Parse("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", out ResponseHead _).ShouldBe(RejectReason.ResponseFramingInvalid);

    [Theory]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n", false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n", true)]
    public void KeepAlive_InHttp10_HasToBeSaid(string text, bool expected) => Wire.ValidResponse(text).KeepAlive.ShouldBe(expected);

    [Theory]
    [InlineData("100 Continue", "Content-Length: 1\r\n")]
    [InlineData("102 Processing", "Transfer-Encoding: chunked\r\n")]
    public void Interim_WithABody_IsRefused(string status, string fields)
        => Wire.Parse($"HTTP/1.1 {status}\r\n{fields}\r\n", out ResponseHead _).ShouldBe(RejectReason.ResponseFramingInvalid);

    [Theory]
    [InlineData(100)]
    [InlineData(102)]
    [InlineData(103)]
    [InlineData(199)]
    public void Interim_IsSaidSo(int status) => Wire.ValidResponse($"HTTP/1.1 {status} x\r\n\r\n").IsInterim.ShouldBeTrue();

    [Fact]
    public void SwitchingProtocols_Unasked_IsRefused()
        => Wire.Parse("HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", out ResponseHead _).ShouldBe(RejectReason.ResponseUnasked101);

    [Theory]
    [InlineData("")]
    [InlineData("Content-Length: 5\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    public void SwitchingProtocols_AskedFor_IsFinalAndUnframed(string fields)
    {
        ResponseHead head = Wire.ValidResponse($"HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{fields}\r\n", upgradeRelayed: true);
        head.IsInterim.ShouldBeFalse();
        head.Framing.ShouldBe(BodyFraming.None);
        head.HasUpgrade.ShouldBeTrue();
        head.IsWebSocket.ShouldBeTrue();
    }

    [Fact]
    public void SwitchingProtocols_WithoutUpgrade_IsRefused()
        => Wire.Parse("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n", out ResponseHead _, upgradeRelayed: true).ShouldBe(RejectReason.ResponseUnasked101);
}

using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Requests;

public sealed class RequestFramingTests
{
    [Fact]
    public void Framing_NeitherField_IsNone()
    {
        Wire.ParseFields("", out RequestHead head).ShouldBe(RejectReason.None);
        head.Framing.ShouldBe(BodyFraming.None);
        head.ContentLength.ShouldBe(-1);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("007", 7)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void ContentLength_Digits_IsTaken(string value, long expected)
    {
        Wire.ParseFields($"cOnTeNt-LeNgTh: {value}\r\n", out RequestHead head).ShouldBe(RejectReason.None);
        head.Framing.ShouldBe(BodyFraming.ContentLength);
        head.ContentLength.ShouldBe(expected);
    }

    [Theory]
    [InlineData("", RejectReason.ContentLengthInvalid)]
    [InlineData("+5", RejectReason.ContentLengthInvalid)]
    [InlineData("-1", RejectReason.ContentLengthInvalid)]
    [InlineData("5x", RejectReason.ContentLengthInvalid)]
    [InlineData(" 5x", RejectReason.ContentLengthInvalid)]
    [InlineData("0x5", RejectReason.ContentLengthInvalid)]
    [InlineData("5 5", RejectReason.ContentLengthInvalid)]
    [InlineData("5.0", RejectReason.ContentLengthInvalid)]
    [InlineData("1e3", RejectReason.ContentLengthInvalid)]
    [InlineData("1_000", RejectReason.ContentLengthInvalid)]
    [InlineData("\u00b2", RejectReason.ContentLengthInvalid)]
    [InlineData("9223372036854775808", RejectReason.ContentLengthInvalid)]
    [InlineData("18446744073709551621", RejectReason.ContentLengthInvalid)]
    [InlineData("99999999999999999999999999", RejectReason.ContentLengthInvalid)]
    [InlineData("5, 5", RejectReason.ContentLengthRepeated)]
    [InlineData("5,6", RejectReason.ContentLengthRepeated)]
    [InlineData("5,", RejectReason.ContentLengthRepeated)]
    public void ContentLength_NotOneNumber_IsRefused(string value, RejectReason expected)
        => Wire.ParseFields($"Content-Length: {value}\r\n", out _).ShouldBe(expected);

    [Theory]
    [InlineData("5", "5")]
    [InlineData("5", "6")]
    public void ContentLength_Twice_IsRefused(string one, string two)
        => Wire.ParseFields($"Content-Length: {one}\r\nX: 1\r\ncontent-length: {two}\r\n", out _).ShouldBe(RejectReason.ContentLengthRepeated);

    [Theory]
    [InlineData("chunked")]
    [InlineData("Chunked")]
    [InlineData("CHUNKED")]
    public void TransferEncoding_Chunked_IsTaken(string value)
    {
        Wire.ParseFields($"Transfer-Encoding: {value}\r\n", out RequestHead head).ShouldBe(RejectReason.None);
        head.Framing.ShouldBe(BodyFraming.Chunked);
        head.ContentLength.ShouldBe(-1);
    }

    [Theory]
    [InlineData("gzip, chunked", RejectReason.CodingUnsupported)]
    [InlineData("x-gzip,chunked", RejectReason.CodingUnsupported)]
    [InlineData("GZip, Deflate, Chunked", RejectReason.CodingUnsupported)]
    [InlineData("compress, chunked", RejectReason.CodingUnsupported)]
    [InlineData("x-compress, chunked", RejectReason.CodingUnsupported)]
    [InlineData("", RejectReason.CodingInvalid)]
    [InlineData("gzip", RejectReason.CodingInvalid)]
    [InlineData("identity", RejectReason.CodingInvalid)]
    [InlineData("identity, chunked", RejectReason.CodingInvalid)]
    [InlineData("xchunked", RejectReason.CodingInvalid)]
    [InlineData("chunkedx", RejectReason.CodingInvalid)]
    [InlineData("chunke", RejectReason.CodingInvalid)]
    [InlineData("\"chunked\"", RejectReason.CodingInvalid)]
    [InlineData("chunked;q=1", RejectReason.CodingInvalid)]
    [InlineData("chunked, gzip", RejectReason.CodingInvalid)]
    [InlineData("chunked,", RejectReason.CodingInvalid)]
    [InlineData(", chunked", RejectReason.CodingInvalid)]
    [InlineData("foo, chunked", RejectReason.CodingInvalid)]
    [InlineData("c\thunked", RejectReason.CodingInvalid)]
    [InlineData("chunked, chunked", RejectReason.CodingRepeated)]
    [InlineData("chunked, identity, chunked", RejectReason.CodingRepeated)]
    public void TransferEncoding_NotTheSingleTokenChunked_IsRefused(string value, RejectReason expected)
        => Wire.ParseFields($"Transfer-Encoding: {value}\r\n", out _).ShouldBe(expected);

    [Fact]
    public void TransferEncoding_Twice_IsRefused()
        => Wire.ParseFields("Transfer-Encoding: chunked\r\ntransfer-encoding: chunked\r\n", out _).ShouldBe(RejectReason.CodingRepeated);

    [Fact]
    public void TransferEncoding_InHttp10_IsRefused()
        => Wire.ParseRequest("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n").ShouldBe(RejectReason.CodingInHttp10);

    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")]
    [InlineData("Transfer-Encoding: identity\r\nContent-Length: 0\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nConnection: content-length\r\nContent-Length: 5\r\n")]
    public void Framing_LengthAndCoding_IsRefused(string fields) => Wire.ParseFields(fields, out _).ShouldBe(RejectReason.LengthAndCoding);

    [Fact]
    public void Rewrite_LengthWithLeadingZeros_IsWrittenAsParsed()
        => Wire.Rewrite("POST / HTTP/1.1\r\nHost: a\r\ncontent-LENGTH: 0010\r\n\r\n")
            .ShouldBe("POST / HTTP/1.1\r\nHost: a\r\ncontent-LENGTH: 10\r\n\r\n");

    [Fact]
    public void Rewrite_Chunked_KeepsItsField()
        => Wire.Rewrite("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \t chunked \r\nTrailer: X\r\n\r\n")
            .ShouldBe("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n");
}

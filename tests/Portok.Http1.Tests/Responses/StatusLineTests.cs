using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Responses;

public sealed class StatusLineTests
{
    private const string Fields = "\r\nContent-Length: 0\r\n\r\n";

    [Theory]
    [InlineData("HTTP/1.1 200 OK", 200, "OK", false)]
    [InlineData("HTTP/1.0 404 Not Found", 404, "Not Found", true)]
    [InlineData("HTTP/1.1 599 \u00e9 \t(x)", 599, "\u00e9 \t(x)", false)]
    [InlineData("HTTP/1.1 200 ", 200, "", false)]
    [InlineData("HTTP/1.1 200", 200, "", false)]
    [InlineData("HTTP/1.0 200", 200, "", true)]
    [InlineData("HTTP/1.1 299   x", 299, "  x", false)]
    public void Line_Valid_IsRead(string line, int status, string reason, bool http10)
    {
        string text = line + Fields;
        ResponseHead head = Wire.ValidResponse(text);
        head.Status.ShouldBe(status);
        head.Reason.Of(text).ShouldBe(reason);
        head.IsHttp10.ShouldBe(http10);
        head.Length.ShouldBe(text.Length);
        head.IsInterim.ShouldBeFalse();
    }

    [Theory]
    [InlineData("HTTP/1.1 099 x", RejectReason.ResponseStatusInvalid)]
    [InlineData("HTTP/1.1 600 x", RejectReason.ResponseStatusInvalid)]
    [InlineData("HTTP/1.1 999 x", RejectReason.ResponseStatusInvalid)]
    [InlineData("HTTP/1.1 20 OK", RejectReason.ResponseStatusInvalid)]
    [InlineData("HTTP/1.1 2000 OK", RejectReason.ResponseStatusInvalid)]
    [InlineData("HTTP/1.1 2x0 OK", RejectReason.ResponseStatusInvalid)]
    [InlineData("HTTP/1.1 20x OK", RejectReason.ResponseStatusInvalid)]
    [InlineData("HTTP/1.1 +20 OK", RejectReason.ResponseStatusInvalid)]
    [InlineData("HTTP/1.1  200 OK", RejectReason.ResponseStatusInvalid)]
    [InlineData("HTTP/1.1 OK", RejectReason.ResponseStatusInvalid)]
    [InlineData("HTTP/1.1 200\tOK", RejectReason.ResponseStatusInvalid)]
    [InlineData("HTTP/1.1 ", RejectReason.ResponseStatusInvalid)]
    [InlineData("HTTP/1.1", RejectReason.ResponseMalformed)]
    [InlineData("HTTP/1.2 200 OK", RejectReason.ResponseMalformed)]
    [InlineData("HTTP/2.0 200 OK", RejectReason.ResponseMalformed)]
    [InlineData("HTTP/2 200", RejectReason.ResponseMalformed)]
    [InlineData("http/1.1 200 OK", RejectReason.ResponseMalformed)]
    [InlineData("ICY 200 OK", RejectReason.ResponseMalformed)]
    [InlineData("\r\nHTTP/1.1 200 OK", RejectReason.ResponseMalformed)]
    [InlineData(" HTTP/1.1 200 OK", RejectReason.ResponseMalformed)]
    [InlineData("<html>", RejectReason.ResponseMalformed)]
    [InlineData("HTTP/1.1 200 O\0K", RejectReason.ResponseMalformed)]
    [InlineData("HTTP/1.1 200 OK\n", RejectReason.ResponseMalformed)]
    [InlineData("HTTP/1.1 200 O\rK", RejectReason.ResponseMalformed)]
    public void Line_BreakingTheGrammar_IsRefused(string line, RejectReason expected)
        => Wire.Parse(line + Fields, out ResponseHead _).ShouldBe(expected);

    [Theory]
    [InlineData("X : 1")]
    [InlineData(" X: 1")]
    [InlineData("X")]
    [InlineData("X: 1\r\n folded")]
    [InlineData("X: \0")]
    [InlineData("X: 1\nY: 2")]
    public void Fields_BreakingTheGrammar_AreRefused(string line)
        => Wire.Parse($"HTTP/1.1 200 OK\r\n{line}\r\n\r\n", out ResponseHead _).ShouldBe(RejectReason.ResponseMalformed);

    [Fact]
    public void Fields_TooMany_AreRefused()
    {
        string text = "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X: 1\r\n", 9)) + "\r\n";
        ResponseHeadParser.Parse(Wire.Bytes(text), MethodKind.Get, false, new ResponseHead(8)).ShouldBe(RejectReason.ResponseHeadTooLarge);
    }

    [Theory]
    [InlineData("", -1)]
    [InlineData("Keep-Alive: timeout=5\r\n", 5)]
    [InlineData("Keep-Alive: max=100, Timeout = 72\r\n", 72)]
    [InlineData("Keep-Alive: timeout=x\r\n", -1)]
    [InlineData("Keep-Alive: max=5\r\n", -1)]
    [InlineData("Keep-Alive: timeout\r\n", -1)]
    [InlineData("Keep-Alive: timeout=99999999999\r\n", int.MaxValue)]
    public void KeepAlive_Timeout_IsRead(string field, int expected)
        => Wire.ValidResponse($"HTTP/1.1 200 OK\r\n{field}Content-Length: 0\r\n\r\n").KeepAliveTimeoutSeconds.ShouldBe(expected);
}

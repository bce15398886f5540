using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Heads;

public sealed class HeadScannerTests
{
    private static readonly HeadLimits Limits = new(64, 8);

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 18)]
    [InlineData("GET / HTTP/1.1\r\nA: b\r\n\r\nBODY\r\n\r\n", 24)]
    [InlineData("\r\nGET / HTTP/1.1\r\n\r\n", 20)]
    [InlineData("HTTP/1.1 200 OK\r\nX: \t\r\n\r\n", 25)]
    [InlineData("X\r\n\r\n", 5)]
    [InlineData("X\r\n\r\n\n\0", 5)]
    public void Head_Whole_IsFound(string text, int length)
    {
        Scan(text, out int found, out RejectReason reason).ShouldBe(ParseStatus.Complete);
        found.ShouldBe(length);
        reason.ShouldBe(RejectReason.None);
    }

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("GET / HTTP/1.1")]
    [InlineData("GET / HTTP/1.1\r")]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r")]
    [InlineData("GET / HTTP/1.1\r\nX: 1\r\nY:")]
    public void Head_Partial_WaitsForMore(string text) => Scan(text, out _, out _).ShouldBe(ParseStatus.Incomplete);

    [Theory]
    [InlineData("GET / HTTP/1.1\n", RejectReason.BareLineBreak)]
    [InlineData("GET / HTTP/1.1\r\nX: 1\n", RejectReason.BareLineBreak)]
    [InlineData("GET / HTTP/1.1\rX", RejectReason.BareLineBreak)]
    [InlineData("GET / HTTP/1.1\r\r", RejectReason.BareLineBreak)]
    [InlineData("\n", RejectReason.BareLineBreak)]
    [InlineData("\rG", RejectReason.BareLineBreak)]
    [InlineData("\r\n\r\n", RejectReason.RequestLineMalformed)]
    [InlineData("GET /\0", RejectReason.ControlInHead)]
    [InlineData("GET / HTTP/1.1\r\nX: \u0001", RejectReason.ControlInHead)]
    [InlineData("GET / HTTP/1.1\r\nX: \u007f", RejectReason.ControlInHead)]
    [InlineData("\u0016\u0003\u0001\u0002\0", RejectReason.ControlInHead)]
    [InlineData("\u0016", RejectReason.ControlInHead)]
    [InlineData("\u0080", RejectReason.RequestLineMalformed)]
    [InlineData("{", RejectReason.RequestLineMalformed)]
    [InlineData(" ", RejectReason.RequestLineMalformed)]
    public void Head_WithAFaultSeenEarly_IsRefusedAtOnce(string text, RejectReason expected)
    {
        Scan(text, out _, out RejectReason reason).ShouldBe(ParseStatus.Rejected);
        reason.ShouldBe(expected);
    }

    [Fact]
    public void Head_ExactlyAtTheLimit_IsFound()
    {
        string text = "GET / HTTP/1.1\r\nX: " + new string('x', 64 - 23) + "\r\n\r\n";
        text.Length.ShouldBe(64);
        Scan(text, out int length, out _).ShouldBe(ParseStatus.Complete);
        length.ShouldBe(64);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nX: ", RejectReason.HeadTooLarge)]
    [InlineData("\r\nGET / HTTP/1.1\r\nX: ", RejectReason.HeadTooLarge)]
    [InlineData("GET /", RejectReason.RequestLineTooLong)]
    [InlineData("\r\nGET /", RejectReason.RequestLineTooLong)]
    public void Head_OverTheLimit_IsRefusedByItsFirstLine(string begin, RejectReason expected)
    {
        string text = begin.PadRight(63, 'x');
        Scan(text, out _, out _).ShouldBe(ParseStatus.Incomplete);
        Scan(text + "x", out _, out RejectReason reason).ShouldBe(ParseStatus.Rejected);
        reason.ShouldBe(expected);
        Scan(text + "xxxx\r\n\r\n", out _, out reason).ShouldBe(ParseStatus.Rejected);
        reason.ShouldBe(expected);
    }

    [Fact]
    public void Scan_Resumed_LooksAtNoByteTwice()
    {
        byte[] bytes = Wire.Bytes("GET / HTTP/1.1\r\nX: 1\r\n\r\n");
        int scanned = 0;
        HeadScanner.FindEnd(bytes.AsSpan(0, 20), ref scanned, Limits, out _, out _).ShouldBe(ParseStatus.Incomplete);
        scanned.ShouldBe(20);

        // What was seen may change without anybody noticing.
        bytes.AsSpan(0, 20).Clear();
        HeadScanner.FindEnd(bytes, ref scanned, Limits, out int length, out _).ShouldBe(ParseStatus.Complete);
        length.ShouldBe(bytes.Length);
    }

    private static ParseStatus Scan(string text, out int length, out RejectReason reason)
    {
        int scanned = 0;
        return HeadScanner.FindEnd(Wire.Bytes(text), ref scanned, Limits, out length, out reason);
    }
}

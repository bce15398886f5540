using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Bodies;

public sealed class TrailerTests
{
    [Theory]
    [InlineData("X-Checksum: abc\r\n")]
    [InlineData("grpc-status: 0\r\ngrpc-message: \r\n")]
    [InlineData("ETag: \"x\"\r\nServer-Timing: a;dur=1\r\n")]
    [InlineData("Dup: 1\r\nDup: 1\r\ndup:  \t2 \r\n")]
    [InlineData("X: \u00e9\r\n")]
    [InlineData("A-name-much-longer-than-any-of-the-forbidden-ones-is-compared-too: 1\r\n")]
    [InlineData("Ag: 1\r\nrang: 2\r\n")]
    public void Field_ThatATrailerMayCarry_Passes(string lines)
    {
        ChunkedRun.Feed("0\r\n" + lines + "\r\n").Output.ShouldBe("0\r\n" + lines + "\r\n");
        ChunkedRun.FeedBytewise("0\r\n" + lines + "\r\n").Output.ShouldBe("0\r\n" + lines + "\r\n");
    }

    [Theory]
    [InlineData("Content-Length")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Host")]
    [InlineData("Connection")]
    [InlineData("Keep-Alive")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Upgrade")]
    [InlineData("Expect")]
    [InlineData("Accept")]
    [InlineData("Proxy-Connection")]
    [InlineData("Proxy-Authenticate")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Proxy-Authentication-Info")]
    [InlineData("Authorization")]
    [InlineData("authentication-info")]
    [InlineData("WWW-Authenticate")]
    [InlineData("Cookie")]
    [InlineData("Set-Cookie")]
    [InlineData("Content-Encoding")]
    [InlineData("Content-Type")]
    [InlineData("Content-Range")]
    [InlineData("Cache-Control")]
    [InlineData("Max-Forwards")]
    [InlineData("Pragma")]
    [InlineData("Range")]
    [InlineData("If-Match")]
    [InlineData("If-None-Match")]
    [InlineData("If-Modified-Since")]
    [InlineData("If-Unmodified-Since")]
    [InlineData("If-Range")]
    [InlineData("Age")]
    [InlineData("Date")]
    [InlineData("Expires")]
    [InlineData("Location")]
    [InlineData("Retry-After")]
    [InlineData("Vary")]
    [InlineData("Warning")]
    [InlineData("Via")]
    [InlineData("Forwarded")]
    [InlineData("X-Real-IP")]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Forwarded-Port")]
    [InlineData("X-Admin-Token")]
    [InlineData("X-Portok-Peer")]
    public void Field_ThatATrailerMustNotCarry_IsDropped(string name)
    {
        const string expected = "0\r\nA: 1\r\nB: 2\r\n\r\n";
        string input = $"0\r\nA: 1\r\n{name}: x\r\n{name.ToUpperInvariant()}:y\r\nB: 2\r\n\r\n";
        ChunkedRun.Feed(input).Output.ShouldBe(expected);
        ChunkedRun.FeedBytewise(input).Output.ShouldBe(expected);
    }

    [Theory]
    [InlineData("X : 1\r\n")]
    [InlineData(" X: 1\r\n")]
    [InlineData("X: 1\r\n folded\r\n")]
    [InlineData(": 1\r\n")]
    [InlineData("X\r\n")]
    [InlineData("X: 1\n")]
    [InlineData("X: 1\rY")]
    [InlineData("X: \0\r\n")]
    [InlineData("X: \u007f\r\n")]
    [InlineData("X(: 1\r\n")]
    [InlineData("\n")]
    [InlineData("\rX")]
    [InlineData("\r\r\n")]
    public void Line_BreakingTheGrammar_IsRefused(string lines)
    {
        foreach (ChunkedOutput output in Enum.GetValues<ChunkedOutput>())
        {
            string input = "1\r\na\r\n0\r\n" + lines + "\r\n";
            ChunkedRun whole = ChunkedRun.Feed(input, output);
            whole.Status.ShouldBe(ParseStatus.Rejected);
            whole.Reason.ShouldBe(RejectReason.TrailerInvalid);
            ChunkedRun split = ChunkedRun.FeedBytewise(input, output);
            split.Reason.ShouldBe(RejectReason.TrailerInvalid);
            split.Output.ShouldBe(whole.Output);
            whole.Output.ShouldNotEndWith("\r\n\r\n");
        }
    }

    [Theory]
    [InlineData(8192, ParseStatus.Complete)]
    [InlineData(8193, ParseStatus.Rejected)]
    public void Line_UpToEightKibibytes_IsHeld(int length, ParseStatus expected)
    {
        string input = "0\r\n" + "X: ".PadRight(length, 'x') + "\r\n\r\n";
        ChunkedRun.Feed(input).Status.ShouldBe(expected);
        ChunkedRun.FeedBytewise(input).Status.ShouldBe(expected);
        ChunkedRun.Feed(input, ChunkedOutput.Chunked, length + 3).Status.ShouldBe(expected);
        ChunkedRun.Feed(input, ChunkedOutput.Chunked, length + 4).Status.ShouldBe(expected);
        ChunkedRun held = ChunkedRun.Feed(input, ChunkedOutput.Chunked, 4);
        held.Status.ShouldBe(expected);
        if (expected == ParseStatus.Complete) held.Output.ShouldBe(input);
    }

    [Theory]
    [InlineData(32 * 1024, ParseStatus.Complete)]
    [InlineData((32 * 1024) + 1, ParseStatus.Rejected)]
    public void Section_UpToThirtyTwoKibibytes_IsTaken(int length, ParseStatus expected)
    {
        const int lineLength = 1024;
        string lines = string.Concat(Enumerable.Repeat("X: ".PadRight(lineLength - 2, 'x') + "\r\n", (length / lineLength) - 1));
        string last = "Y: ".PadRight(length - lines.Length - 4, 'y') + "\r\n";
        string input = "0\r\n" + lines + last + "\r\n";
        ChunkedRun.Feed(input).Status.ShouldBe(expected);
        ChunkedRun.FeedBytewise(input).Status.ShouldBe(expected);
    }

    [Theory]
    [InlineData("X-Hop")]
    [InlineData("close, x-HOP")]
    [InlineData("te,,X-Hop , keep-alive")]
    public void Field_ThatConnectionNames_IsDropped(string connection)
    {
        string text = $"POST / HTTP/1.1\r\nHost: a\r\nConnection: {connection}\r\nTransfer-Encoding: chunked\r\n\r\n";
        const string trailers = "0\r\nX-Hop: 1\r\nX-Hops: 2\r\nx-hop:3\r\nX-Ho: 4\r\n\r\n";
        var body = default(ChunkedBody);
        body.BeginAfter(Wire.Valid(text), Wire.Bytes(text));
        byte[] window = new byte[ChunkedBody.Headroom + trailers.Length];
        Wire.Bytes(trailers).CopyTo(window, ChunkedBody.Headroom);
        ChunkedStep step = body.Relay(window, ChunkedBody.Headroom, trailers.Length, ChunkedOutput.Chunked);
        step.Status.ShouldBe(ParseStatus.Complete);
        Wire.Text(window.AsSpan(step.OutputStart, step.OutputLength)).ShouldBe("0\r\nX-Hops: 2\r\nX-Ho: 4\r\n\r\n");
    }
}

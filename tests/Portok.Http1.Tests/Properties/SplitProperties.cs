using CsCheck;
using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Properties;

/// <summary>However the bytes are split into reads, the outcome is the same.</summary>
public sealed class SplitProperties
{
    private static readonly HeadLimits Limits = new(90, 8);

    [Fact]
    public void HeadScanner_AnySplit_GivesTheSameAnswer()
        => Gen.Select(Gen.OneOf(Generate.Request, Generate.Response, Generate.Soup, Generate.Mutated(Generate.Request)), Generate.Places)
            .Sample((text, places) =>
            {
                byte[] bytes = Wire.Bytes(text);
                Scanned whole = Scan(bytes, []);
                Scan(bytes, Generate.Cuts(places, bytes.Length)).ShouldBe(whole);
                Scan(bytes, [.. Enumerable.Range(1, Math.Max(bytes.Length - 1, 0))]).ShouldBe(whole);
            }, iter: 5_000);

    [Fact]
    public void ChunkedBody_AnySplit_GivesTheSameOutput()
        => Gen.Select(Gen.OneOf(Generate.Chunked, Generate.Mutated(Generate.Chunked), Generate.Soup), Generate.Places, Gen.Enum<ChunkedOutput>())
            .Sample((text, places, output) =>
            {
                byte[] bytes = Wire.Bytes(text);
                ChunkedRun whole = ChunkedRun.Feed(bytes, output);
                Same(ChunkedRun.Feed(bytes, output, Generate.Cuts(places, bytes.Length)), whole);
                Same(ChunkedRun.FeedBytewise(text, output), whole);
            }, iter: 5_000);

    [Fact]
    public void ChunkedBody_ItsOutput_IsItsOwnCanonicalForm()
        => Gen.Select(Generate.Chunked, Generate.Places).Sample((text, places) =>
        {
            ChunkedRun first = ChunkedRun.Feed(Wire.Bytes(text), ChunkedOutput.Chunked, Generate.Cuts(places, text.Length));
            first.Status.ShouldBe(ParseStatus.Complete);
            ChunkedRun again = ChunkedRun.Feed(first.Output);
            again.Status.ShouldBe(ParseStatus.Complete);
            again.Output.ShouldBe(first.Output);
            again.Steps.ShouldHaveSingleItem().OutputStart.ShouldBe(ChunkedBody.Headroom);
            ChunkedRun.Feed(text, ChunkedOutput.DataOnly).Output.ShouldBe(ChunkedRun.Feed(first.Output, ChunkedOutput.DataOnly).Output);
        }, iter: 3_000);

    [Fact]
    public void WebSocketFrames_AnySplit_EndsInTheSameState()
        => Gen.Select(Gen.Byte.Array[0, 60], Generate.Places).Sample((bytes, places) =>
        {
            var whole = default(WebSocketFrames);
            whole.Advance(bytes, stopAtBoundary: false).ShouldBe(bytes.Length);
            var split = default(WebSocketFrames);
            int at = 0;
            foreach (int cut in Generate.Cuts(places, bytes.Length).Append(bytes.Length))
            {
                // Stopping at boundaries as well: the pieces add up to all.
                while (at < cut) at += split.Advance(bytes.AsSpan(at, cut - at), stopAtBoundary: true);
            }

            (split.AtBoundary, split.CloseSeen, split.IsBroken).ShouldBe((whole.AtBoundary, whole.CloseSeen, whole.IsBroken));
        }, iter: 3_000);

    private static Scanned Scan(byte[] bytes, int[] cuts)
    {
        int scanned = 0;
        var result = new Scanned(ParseStatus.Incomplete, 0, RejectReason.None);
        foreach (int cut in cuts.Append(bytes.Length))
        {
            ParseStatus status = HeadScanner.FindEnd(bytes.AsSpan(0, cut), ref scanned, Limits, out int length, out RejectReason reason);
            scanned.ShouldBeLessThanOrEqualTo(cut);
            result = new Scanned(status, length, reason);
            if (status != ParseStatus.Incomplete) break;
        }

        return result;
    }

    private static void Same(ChunkedRun split, ChunkedRun whole)
    {
        split.Status.ShouldBe(whole.Status);
        split.Reason.ShouldBe(whole.Reason);
        split.Output.ShouldBe(whole.Output);
        split.DataBytes.ShouldBe(whole.DataBytes);
        if (whole.Status == ParseStatus.Complete) split.Consumed.ShouldBe(whole.Consumed);
    }

    private readonly record struct Scanned(ParseStatus Status, int Length, RejectReason Reason);
}

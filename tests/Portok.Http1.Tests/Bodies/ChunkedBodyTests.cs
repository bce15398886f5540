using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Bodies;

public sealed class ChunkedBodyTests
{
    [Theory]
    [InlineData("0\r\n\r\n")]
    [InlineData("5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("1\r\na\r\n2\r\nbc\r\na\r\n0123456789\r\n0\r\n\r\n")]
    [InlineData("2\r\n\r\n\r\n0\r\n\r\n")]
    [InlineData("5\r\nhello\r\n0\r\nX-Sum: 1\r\nY:2\r\n\r\n")]
    public void Canonical_InOneRead_IsTheSameBytesInTheSamePlace(string input)
    {
        ChunkedRun run = ChunkedRun.Feed(input);
        run.Status.ShouldBe(ParseStatus.Complete);
        run.Output.ShouldBe(input);
        run.Steps.ShouldHaveSingleItem().OutputStart.ShouldBe(ChunkedBody.Headroom);
        run.Consumed.ShouldBe(input.Length);
    }

    [Theory]
    [InlineData("0005\r\nhello\r\n00\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("A\r\n0123456789\r\n0\r\n\r\n", "a\r\n0123456789\r\n0\r\n\r\n")]
    [InlineData("5;a=b\r\nhello\r\n0;x\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5; a = \"\t;x\u00e9\"\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("1;aaaa\r\na\r\n01\r\nb\r\n1;c\r\nc\r\n0;zz\r\nX: 1\r\n\r\n", "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\nX: 1\r\n\r\n")]
    [InlineData("000000000000000f;x\r\n0123456789abcde\r\n0000000000000000\r\n\r\n", "f\r\n0123456789abcde\r\n0\r\n\r\n")]
    public void NotCanonical_IsWrittenAnew(string input, string expected)
    {
        ChunkedRun.Feed(input).Output.ShouldBe(expected);
        ChunkedRun.FeedBytewise(input).Output.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("x\r\n")]
    [InlineData(" 5\r\n")]
    [InlineData("5 \r\n")]
    [InlineData("5 ;x\r\n")]
    [InlineData("5\t\r\n")]
    [InlineData("+5\r\n")]
    [InlineData("-5\r\n")]
    [InlineData("0x5\r\n")]
    [InlineData("5h\r\n")]
    [InlineData("5\n")]
    [InlineData("5\r")]
    [InlineData("5\rh")]
    [InlineData("5;x\n")]
    [InlineData("5;x\rh")]
    [InlineData("5;\0\r\n")]
    [InlineData("5,5\r\n")]
    [InlineData("8000000000000000\r\n")]
    [InlineData("ffffffffffffffff\r\n")]
    [InlineData("00000000000000005\r\n")]
    [InlineData("10000000000000005\r\n")]
    public void Size_NotAPlainHexNumber_IsRefused(string line)
    {
        foreach (ChunkedOutput output in Enum.GetValues<ChunkedOutput>())
        {
            foreach (ChunkedRun run in new[] { ChunkedRun.Feed("1\r\na\r\n" + line + "\0hello", output), ChunkedRun.FeedBytewise("1\r\na\r\n" + line + "\0hello", output) })
            {
                run.Status.ShouldBe(ParseStatus.Rejected);
                run.Reason.ShouldBe(RejectReason.ChunkInvalid);
                run.Output.ShouldBe(output == ChunkedOutput.Chunked ? "1\r\na\r\n" : "a");
            }
        }
    }

    [Theory]
    [InlineData("2\r\nabc\r\n")]
    [InlineData("2\r\nab\n")]
    [InlineData("2\r\nab\rx")]
    [InlineData("2\r\nab0\r\n")]
    [InlineData("2\r\nab \r\n")]
    public void Data_NotFollowedByCrlf_IsRefusedAfterTheData(string input)
    {
        ChunkedRun run = ChunkedRun.Feed(input);
        run.Status.ShouldBe(ParseStatus.Rejected);
        run.Reason.ShouldBe(RejectReason.ChunkInvalid);
        run.Output.ShouldBe("2\r\nab");
        run.DataBytes.ShouldBe(2);
    }

    [Fact]
    public void Size_LargestNumber_IsTaken()
    {
        ChunkedRun run = ChunkedRun.Feed("7fffffffffffffff\r\nab");
        run.Status.ShouldBe(ParseStatus.Incomplete);
        run.Output.ShouldBe("7fffffffffffffff\r\nab");
    }

    [Theory]
    [InlineData(1023, ParseStatus.Complete)]
    [InlineData(1024, ParseStatus.Rejected)]
    public void Extension_UpToOneKibibyteWithItsSemicolon_IsDropped(int length, ParseStatus expected)
    {
        string input = "0;" + new string('x', length) + "\r\n\r\n";
        ChunkedRun.Feed(input).Status.ShouldBe(expected);
        ChunkedRun.FeedBytewise(input).Status.ShouldBe(expected);
    }

    [Fact]
    public void Extension_ItsLimitIsPerChunk()
    {
        string extension = ";" + new string('x', 1000);
        ChunkedRun.Feed($"1{extension}\r\na\r\n1{extension}\r\nb\r\n0{extension}\r\n\r\n").Output.ShouldBe("1\r\na\r\n1\r\nb\r\n0\r\n\r\n");
    }

    [Fact]
    public void Data_GoesOnAsItComes()
    {
        ChunkedRun run = ChunkedRun.Feed("5\r\nhello\r\n0\r\n\r\n", ChunkedOutput.Chunked, 1, 2, 4, 8, 9, 13);
        run.Steps.Select(s => (s.OutputLength, s.DataBytes)).ShouldBe([(0, 0), (0, 0), (4, 1), (4, 4), (0, 0), (5, 0), (2, 0)]);
        run.Output.ShouldBe("5\r\nhello\r\n0\r\n\r\n");
    }

    [Fact]
    public void DataOnly_DropsFramingAndTrailers()
    {
        ChunkedRun run = ChunkedRun.Feed("5;x\r\nhello\r\n03\r\nabc\r\n0\r\nX: 1\r\n\r\nNEXT", ChunkedOutput.DataOnly);
        run.Status.ShouldBe(ParseStatus.Complete);
        run.Output.ShouldBe("helloabc");
        run.DataBytes.ShouldBe(8);
    }

    [Fact]
    public void End_WhatFollowsIsNotConsumed()
    {
        const string body = "1\r\na\r\n0\r\n\r\n";
        ChunkedRun run = ChunkedRun.Feed(body + "GET / HTTP/1.1\r\n");
        run.Status.ShouldBe(ParseStatus.Complete);
        run.Consumed.ShouldBe(body.Length);
        run.Output.ShouldBe(body);
    }

    [Fact]
    public void End_FurtherCallsTakeNothing()
    {
        var body = default(ChunkedBody);
        byte[] window = new byte[ChunkedBody.Headroom + 5];
        Wire.Bytes("0\r\n\r\n").CopyTo(window, ChunkedBody.Headroom);
        body.Relay(window, ChunkedBody.Headroom, 5, ChunkedOutput.Chunked).Status.ShouldBe(ParseStatus.Complete);
        body.Relay(window, ChunkedBody.Headroom, 5, ChunkedOutput.Chunked).ShouldBe(new ChunkedStep(ParseStatus.Complete, RejectReason.None, 0, 0, 0, 0));
    }
}

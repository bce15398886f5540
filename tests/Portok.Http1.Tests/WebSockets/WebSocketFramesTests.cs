using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.WebSockets;

public sealed class WebSocketFramesTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(125, false)]
    [InlineData(126, true)]
    [InlineData(65535, false)]
    [InlineData(65536, true)]
    public void Advance_OneFrameByteByByte_IsAtBoundaryOnlyAtItsEnds(int payload, bool masked)
    {
        byte[] frame = Frame(0x82, payload, masked);
        var frames = new WebSocketFrames();
        frames.AtBoundary.ShouldBeTrue();
        for (int i = 0; i < frame.Length; i++)
        {
            frames.Advance(frame.AsSpan(i, 1), stopAtBoundary: false).ShouldBe(1);
            if (frames.AtBoundary != (i == frame.Length - 1)) frames.AtBoundary.ShouldBe(i == frame.Length - 1, $"byte {i}");
        }

        frames.CloseSeen.ShouldBeFalse();
        frames.IsBroken.ShouldBeFalse();
    }

    [Fact]
    public void Advance_StoppingAtBoundary_PassesOneFrameAtATime()
    {
        byte[] first = Frame(0x81, 200, masked: true);
        byte[] second = Frame(0x89, 0, masked: false);
        byte[] stream = [.. first, .. second, 0x81];
        var frames = new WebSocketFrames();
        frames.Advance(stream, stopAtBoundary: true).ShouldBe(first.Length);
        frames.Advance(stream.AsSpan(first.Length), stopAtBoundary: true).ShouldBe(second.Length);
        frames.Advance(stream.AsSpan(first.Length + second.Length), stopAtBoundary: true).ShouldBe(1);
        frames.AtBoundary.ShouldBeFalse();
    }

    [Fact]
    public void Advance_NotStopping_PassesEverything()
    {
        byte[] stream = [.. Frame(0x01, 10, false), .. Frame(0x80, 10, false), .. Frame(0x8A, 3, true)];
        var frames = new WebSocketFrames();
        frames.Advance(stream, stopAtBoundary: false).ShouldBe(stream.Length);
        frames.AtBoundary.ShouldBeTrue();
    }

    [Fact]
    public void CloseFrame_IsSeenFromItsFirstByte()
    {
        var frames = new WebSocketFrames();
        frames.Advance([0x88], stopAtBoundary: false);
        frames.CloseSeen.ShouldBeTrue();
        frames.AtBoundary.ShouldBeFalse();
        frames.Advance([0x02, 0x03, 0xE9], stopAtBoundary: false);
        frames.AtBoundary.ShouldBeTrue();
        frames.CloseSeen.ShouldBeTrue();
    }

    [Theory]
    [InlineData(new byte[] { 0x82, 0x7F, 0x80, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x08 })]
    [InlineData(new byte[] { 0x09 })]
    [InlineData(new byte[] { 0x89, 126 })]
    [InlineData(new byte[] { 0x88, 0xFF })]
    public void Header_ThatCannotBe_BreaksTheTrackButNotTheRelay(byte[] header)
    {
        var frames = new WebSocketFrames();
        frames.Advance(header.AsSpan(0, header.Length - 1), stopAtBoundary: true).ShouldBe(header.Length - 1);
        frames.IsBroken.ShouldBeFalse();
        frames.Advance(header.AsSpan(header.Length - 1), stopAtBoundary: true).ShouldBe(1);
        frames.IsBroken.ShouldBeTrue();
        frames.AtBoundary.ShouldBeFalse();
        frames.Advance(new byte[1000], stopAtBoundary: true).ShouldBe(1000);
        frames.IsBroken.ShouldBeTrue();
    }

    [Fact]
    public void Header_LargestLength_IsFollowed()
    {
        var frames = new WebSocketFrames();
        frames.Advance([0x82, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3], stopAtBoundary: false).ShouldBe(13);
        frames.IsBroken.ShouldBeFalse();
        frames.AtBoundary.ShouldBeFalse();
    }

    [Fact]
    public void WriteClose_Unmasked_IsFourBytes()
    {
        byte[] bytes = new byte[8];
        WebSocketFrames.WriteClose(bytes, 1001, mask: null).ShouldBe(4);
        bytes[..4].ShouldBe([0x88, 0x02, 0x03, 0xE9]);
    }

    [Fact]
    public void WriteClose_Masked_IsEightBytes()
    {
        byte[] bytes = new byte[8];
        WebSocketFrames.WriteClose(bytes, 1001, mask: 0xA1B2C3D4).ShouldBe(8);
        bytes.ShouldBe([0x88, 0x82, 0xA1, 0xB2, 0xC3, 0xD4, 0x03 ^ 0xA1, 0xE9 ^ 0xB2]);

        var frames = new WebSocketFrames();
        frames.Advance(bytes, stopAtBoundary: true).ShouldBe(8);
        frames.AtBoundary.ShouldBeTrue();
        frames.CloseSeen.ShouldBeTrue();
    }

    private static byte[] Frame(byte first, int payload, bool masked)
    {
        int mask = masked ? 0x80 : 0;
        byte[] length = payload switch
        {
            < 126 => [(byte)(payload | mask)],
            < 65536 => [(byte)(126 | mask), (byte)(payload >> 8), (byte)payload],
            _ => [(byte)(127 | mask), 0, 0, 0, 0, (byte)(payload >> 24), (byte)(payload >> 16), (byte)(payload >> 8), (byte)payload],
        };
        byte[] data = new byte[payload];
        Array.Fill(data, (byte)0x88);
        return [first, .. length, .. masked ? new byte[] { 1, 2, 3, 4 } : [], .. data];
    }
}

using Portok.Engine.Reactors;
using Portok.Http1;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Reactors;

public sealed class ScratchTests
{
    [Theory]
    [InlineData(1024)]
    [InlineData(32 * 1024)]
    [InlineData(1024 * 1024)]
    public void Layout_LargestHead_FitsInFrontOfTheInputAndInItsOwnPlace(int maxHeader)
    {
        var scratch = new Scratch(maxHeader);
        scratch.HeadOut.Length.ShouldBeGreaterThanOrEqualTo(RequestRewriter.MaxLength(maxHeader));
        scratch.HeadOut.Length.ShouldBeGreaterThanOrEqualTo(ResponseRewriter.MaxLength(EngineShared.MaxResponseHeadBytes));
        scratch.InputStart.ShouldBeGreaterThanOrEqualTo(scratch.HeadOut.Length + ChunkedBody.Headroom);
        (scratch.Bytes.Length - scratch.InputEnd).ShouldBeGreaterThanOrEqualTo(2);
        // However much of a head is there already, there is room to read on.
        scratch.InputAfter(maxHeader).Length.ShouldBeGreaterThan(0);
        scratch.InputAfter(EngineShared.MaxResponseHeadBytes).Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void InputAfter_SomeBytes_BeginsRightBehindThem()
    {
        var scratch = new Scratch(1024);
        scratch.InputAfter(5)[0] = 77;
        scratch.Bytes[scratch.InputStart + 5].ShouldBe((byte)77);
        scratch.InputAfter(5).Length.ShouldBe(scratch.InputAfter(0).Length - 5);
    }

    [Fact]
    public void PutHeadBefore_Body_MakesOneRunOfBoth()
    {
        var scratch = new Scratch(1024);
        "HEAD"u8.CopyTo(scratch.HeadOut);
        "body"u8.CopyTo(scratch.InputAfter(0));
        int start = scratch.PutHeadBefore(scratch.InputStart, 4);
        scratch.Bytes.AsSpan(start, 8).SequenceEqual("HEADbody"u8).ShouldBeTrue();
    }
}

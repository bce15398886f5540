using Portok.Http1;

namespace Portok.Engine.Reactors;

/// <summary>
/// A reactor's large buffer. Input is always read at <see cref="InputStart"/>: in front of it is room for a rewritten head
/// and for chunk framing, so that head and body leave in one send; behind it for a chunk's end.
/// </summary>
internal sealed class Scratch
{
    private const int InputBytes = 256 * 1024, Tail = 64;

    internal Scratch(int maxHeaderBytes)
    {
        int largestHead = Math.Max(maxHeaderBytes, EngineShared.MaxResponseHeadBytes);
        HeadOut = GC.AllocateUninitializedArray<byte>(RequestRewriter.MaxLength(largestHead), pinned: true);
        InputStart = ChunkedBody.Headroom + HeadOut.Length;
        InputEnd = InputStart + Math.Max(InputBytes, largestHead + (64 * 1024));
        Bytes = GC.AllocateUninitializedArray<byte>(InputEnd + Tail, pinned: true);
    }

    internal byte[] Bytes { get; }
    internal int InputStart { get; }
    internal int InputEnd { get; }

    /// <summary>Where a head is written anew before it is put in front of its body.</summary>
    internal byte[] HeadOut { get; }

    /// <summary>Room for input behind <paramref name="have"/> bytes that are there already.</summary>
    internal Span<byte> InputAfter(int have) => Bytes.AsSpan(InputStart + have, InputEnd - InputStart - have);

    /// <summary>Copies what stands in <see cref="HeadOut"/> right in front of <paramref name="at"/> and returns where it begins.</summary>
    internal int PutHeadBefore(int at, int headLength)
    {
        HeadOut.AsSpan(0, headLength).CopyTo(Bytes.AsSpan(at - headLength));
        return at - headLength;
    }
}

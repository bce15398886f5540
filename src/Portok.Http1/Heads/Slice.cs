namespace Portok.Http1;

/// <summary>A run of bytes inside a head: offset from the head's first byte, and length, both in bytes.</summary>
public readonly record struct Slice(int Start, int Length)
{
    /// <summary>The offset just past the last byte.</summary>
    public int End => Start + Length;

    /// <summary>The bytes themselves, out of the buffer whose first byte is the head's first.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> head) => head.Slice(Start, Length);
}

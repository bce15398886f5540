namespace Portok.Http1;

/// <summary>
/// Follows the frame boundaries of one direction of a WebSocket (RFC 6455 5.2) without looking into payloads, so that a
/// close frame can be put in between frames. A mutable struct that lives in its tunnel. Anything that is not a valid
/// frame header only makes <see cref="IsBroken"/> true: the bytes are relayed all the same.
/// </summary>
public struct WebSocketFrames
{
    /// <summary>True before the first byte and after the last byte of each frame.</summary>
    public readonly bool AtBoundary => throw new NotImplementedException();

    /// <summary>A close frame (opcode 8) has begun in this direction: no other frame may follow.</summary>
    public readonly bool CloseSeen => throw new NotImplementedException();

    /// <summary>A frame header could not be valid (64-bit length with the top bit set, fragmented or over-long control frame): boundaries are unknown from here on.</summary>
    public readonly bool IsBroken => throw new NotImplementedException();

    /// <summary>Moves over bytes of the stream.</summary>
    /// <param name="bytes">The next bytes, split anywhere.</param>
    /// <param name="stopAtBoundary">Stop after the first frame that ends here.</param>
    /// <returns>How many bytes were passed: all, or up to the first boundary.</returns>
    public int Advance(ReadOnlySpan<byte> bytes, bool stopAtBoundary) => throw new NotImplementedException();

    /// <summary>Writes a close frame with a status code and no reason (RFC 6455 5.5.1).</summary>
    /// <param name="destination">At least 8 bytes.</param>
    /// <param name="code">Status code, e.g. 1001 Going Away.</param>
    /// <param name="mask">Client-to-server frames are masked with this key; null for server-to-client.</param>
    /// <returns>Bytes written: 4, or 8 when masked.</returns>
    public static int WriteClose(Span<byte> destination, ushort code, uint? mask) => throw new NotImplementedException();
}

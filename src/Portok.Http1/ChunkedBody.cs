namespace Portok.Http1;

/// <summary>What becomes of a chunked body as it passes.</summary>
public enum ChunkedOutput : byte
{
    /// <summary>Chunked again: same chunk boundaries, sizes written anew without leading zeros, extensions dropped, trailers filtered.</summary>
    Chunked,

    /// <summary>Only the data; trailers dropped.</summary>
    DataOnly,
}

/// <summary>The outcome of one <see cref="ChunkedBody.Relay"/>: the output lies in the same window it was given.</summary>
/// <param name="Status">Complete when the body ended with the last consumed byte; Rejected with a reason.</param>
/// <param name="Consumed">Input bytes that belong to the body; what follows them is the next message's. Everything, unless Complete or Rejected.</param>
/// <param name="OutputStart">Offset in the window of the first byte to send on.</param>
/// <param name="OutputLength">Bytes to send on; 0 when everything was held back. On Rejected: the valid output before the fault.</param>
/// <param name="DataBytes">Bytes of body data among them, for limits and counters.</param>
public readonly record struct ChunkedStep(ParseStatus Status, RejectReason Reason, int Consumed, int OutputStart, int OutputLength, int DataBytes);

/// <summary>
/// The chunked transfer coding (RFC 9112 7.1), read and written anew in place, resumable at any byte. A mutable struct
/// that lives in its connection: pass it by reference only.
/// </summary>
public struct ChunkedBody
{
    /// <summary>Free bytes that the window must have in front of the input: what was held back from earlier reads may come out there.</summary>
    public const int Headroom = 16 * 1024;

    /// <summary>Relays the input as far as it is valid. Data goes on as it comes; only framing is held back until it is whole.</summary>
    /// <param name="window">The buffer; bytes in front of the input, and the input itself, may be overwritten.</param>
    /// <param name="start">Offset of the input, at least <see cref="Headroom"/>.</param>
    /// <param name="length">Bytes of input.</param>
    /// <param name="output">What to make of it; the same for every call on one body.</param>
    public ChunkedStep Relay(Span<byte> window, int start, int length, ChunkedOutput output) => throw new NotImplementedException();
}

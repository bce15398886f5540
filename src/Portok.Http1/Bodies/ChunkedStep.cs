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
/// <param name="Reason">ChunkInvalid or TrailerInvalid when rejected.</param>
/// <param name="Consumed">Input bytes that belong to the body; what follows them is the next message's. Everything, unless Complete or Rejected.</param>
/// <param name="OutputStart">Offset in the window of the first byte to send on.</param>
/// <param name="OutputLength">Bytes to send on; 0 when everything was held back. On Rejected: the valid output before the fault.</param>
/// <param name="DataBytes">Bytes of body data among them, for limits and counters.</param>
public readonly record struct ChunkedStep(ParseStatus Status, RejectReason Reason, int Consumed, int OutputStart, int OutputLength, int DataBytes);

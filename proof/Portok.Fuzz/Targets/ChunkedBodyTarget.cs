using System.Text;
using Portok.Fuzz.Reference;
using Portok.Http1;

namespace Portok.Fuzz.Targets;

/// <summary>
/// Chunked bodies, relayed in place in both forms, whole and in every kind of pieces: the slow reader agrees on validity, end,
/// data and on every byte that goes on, and nothing outside of the window is touched.
/// </summary>
internal sealed class ChunkedBodyTarget : IFuzzTarget
{
    private const byte Untouched = 0xEE;
    private const int Guard = 64;

    // Filled once; each step cleans up behind itself, so that small steps stay cheap.
    private readonly byte[] _window = Enumerable.Repeat(Untouched, Guard + ChunkedBody.Headroom + 4096 + Guard).ToArray();

    public int MaxLength => 2048;

    public IReadOnlyList<byte[]> Seeds { get; } = [.. new[]
    {
        "5\r\nhello\r\n0\r\n\r\n",
        "0005;a=\"b\"\r\nhello\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\nContent-Length: 5\r\n\r\nGET / HTTP/1.1\r\n",
        "ffffffffffffffff\r\n",
        "1 \r\na\r\n0\r\n\r\n",
    }.Select(Encoding.Latin1.GetBytes)];

    public void Run(byte[] input)
    {
        if (input.Length > 4096) return;
        ReferenceChunks expected = ReferenceChunks.Read(Encoding.Latin1.GetString(input));
        foreach (ChunkedOutput form in new[] { ChunkedOutput.Chunked, ChunkedOutput.DataOnly })
        {
            Check(input, form, _ => input.Length, expected);
            foreach (Func<int, int> split in Pieces.Splits(input)) Check(input, form, split, expected);
        }
    }

    private void Check(byte[] input, ChunkedOutput form, Func<int, int> split, ReferenceChunks expected)
    {
        var body = default(ChunkedBody);
        var output = new StringBuilder();
        int consumed = 0, data = 0;
        ParseStatus status = ParseStatus.Incomplete;
        while (consumed < input.Length && status == ParseStatus.Incomplete)
        {
            int length = Math.Min(Math.Max(1, split(consumed)), input.Length - consumed);
            ChunkedStep step = Step(ref body, input.AsSpan(consumed, length), form, output);
            status = step.Status;
            consumed += step.Consumed;
            data += step.DataBytes;
            InvariantViolation.Unless(status != ParseStatus.Incomplete || step.Consumed == length, "bytes of an unfinished body are left over");
            InvariantViolation.Unless(status != ParseStatus.Rejected || step.Reason is RejectReason.ChunkInvalid or RejectReason.TrailerInvalid, "a refusal without a fitting reason");
        }

        ReferenceRequest.Outcome outcome = status switch
        {
            ParseStatus.Complete => ReferenceRequest.Outcome.Valid,
            ParseStatus.Rejected => ReferenceRequest.Outcome.Refused,
            _ => ReferenceRequest.Outcome.Incomplete,
        };
        InvariantViolation.UnlessEqual(expected.Outcome, outcome, "outcome of the body");
        InvariantViolation.UnlessEqual(expected.Data.Length, data, "bytes of data");
        if (outcome == ReferenceRequest.Outcome.Valid) InvariantViolation.UnlessEqual(expected.Length, consumed, "end of the body");
        if (form == ChunkedOutput.DataOnly) InvariantViolation.UnlessEqual(expected.Data, output.ToString(), "data");
        else if (outcome == ReferenceRequest.Outcome.Valid) InvariantViolation.UnlessEqual(expected.Canonical, output.ToString(), "chunks");
        else InvariantViolation.Unless(expected.Canonical.StartsWith(output.ToString(), StringComparison.Ordinal), "what went on of a body that is not whole is not its beginning");
    }

    private ChunkedStep Step(ref ChunkedBody body, ReadOnlySpan<byte> piece, ChunkedOutput form, StringBuilder output)
    {
        const int start = Guard + ChunkedBody.Headroom;
        int end = start + piece.Length;
        piece.CopyTo(_window.AsSpan(start));
        ChunkedStep step = body.Relay(_window, start, piece.Length, form);
        InvariantViolation.Unless(_window.AsSpan(0, Guard).IndexOfAnyExcept(Untouched) < 0, "written in front of the headroom");
        InvariantViolation.Unless(_window.AsSpan(end, Guard).IndexOfAnyExcept(Untouched) < 0, "written behind the input");
        int outputStart = step.OutputLength == 0 ? start : step.OutputStart;
        InvariantViolation.Unless(outputStart >= Guard && outputStart + step.OutputLength <= end, "output outside of the window");
        output.Append(Encoding.Latin1.GetString(_window, outputStart, step.OutputLength));
        _window.AsSpan(Math.Min(start, outputStart)..end).Fill(Untouched);
        return step;
    }
}

using System.Text;
using Portok.Fuzz.Reference;
using Portok.Http1;

namespace Portok.Fuzz.Targets;

/// <summary>
/// Chunked bodies. Promises: whole, split in two and byte by byte they give the same; the reference reads the same data and
/// the same end; what is written is a chunked body with the same data; nothing is written outside of the room.
/// </summary>
internal sealed class ChunkedBodyTarget : IFuzzTarget
{
    private const byte Untouched = 0xEE;
    private byte[] _window = new byte[ChunkedBody.Headroom + 8 * 1024];

    public string Name => "chunked-body";

    public IEnumerable<byte[]> Seeds { get; } = [.. new[]
    {
        "5\r\nhello\r\n0\r\n\r\n", "1;a=b\r\nx\r\n00\r\nX-T: v\r\n\r\nGET /", "A\r\n0123456789\r\n3\r\nabc\r\n0\r\nContent-Length: 3\r\nX: y\r\n\r\n", "0\r\n\r\n",
    }.Select(Encoding.Latin1.GetBytes)];

    public void Run(ReadOnlySpan<byte> input)
    {
        ReferenceChunks reference = ReferenceChunks.Read(input);
        foreach (ChunkedOutput output in new[] { ChunkedOutput.Chunked, ChunkedOutput.DataOnly })
        {
            Result whole = Feed(input, output, Math.Max(input.Length, 1));
            Agree(whole, reference, output);
            Alike(whole, Feed(input, output, 1), "byte by byte");
            if (input.Length > 2) Alike(whole, Feed(input, output, (input.Length + 1) / 2), "in two");
        }
    }

    private static void Agree(Result result, ReferenceChunks reference, ChunkedOutput output)
    {
        BrokenPromiseException.Unless(result.Status.ToString() == (reference.State == ReferenceBodyState.Invalid ? nameof(ParseStatus.Rejected) : reference.State.ToString()), $"{result.Status}, the reference says {reference.State}");
        BrokenPromiseException.Unless(result.Status != ParseStatus.Complete || result.Consumed == reference.Length, $"it ends at {reference.Length}, not at {result.Consumed}");
        if (result.Status == ParseStatus.Rejected) return;
        BrokenPromiseException.Unless(result.DataBytes == reference.Data.Length, "bytes of data");
        if (output == ChunkedOutput.DataOnly)
        {
            BrokenPromiseException.Unless(result.Output.AsSpan().SequenceEqual(reference.Data), "the data has changed");
            return;
        }

        ReferenceChunks again = ReferenceChunks.Read(result.Output);
        BrokenPromiseException.Unless(again.State == reference.State, $"what is written is {again.State}");
        BrokenPromiseException.Unless(again.Data.AsSpan().SequenceEqual(reference.Data), "the data that is written has changed");
        BrokenPromiseException.Unless(again.Trailers.All(reference.Trailers.Contains), "a trailer that nobody sent");
        BrokenPromiseException.Unless(!again.Trailers.Any(t => t.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase)), "a trailer that frames");
    }

    private static void Alike(Result whole, Result split, string how)
    {
        BrokenPromiseException.Unless(whole.Status == split.Status, $"{how}: {split.Status}, whole: {whole.Status}");
        if (whole.Status == ParseStatus.Rejected) return;
        BrokenPromiseException.Unless(whole.Output.AsSpan().SequenceEqual(split.Output) && whole.Consumed == split.Consumed && whole.DataBytes == split.DataBytes, $"{how} gives something else");
    }

    private Result Feed(ReadOnlySpan<byte> input, ChunkedOutput output, int step)
    {
        var body = default(ChunkedBody);
        var written = new List<byte>();
        int at = 0, consumed = 0;
        long data = 0;
        var status = ParseStatus.Incomplete;
        if (_window.Length < ChunkedBody.Headroom + step + 1) _window = new byte[ChunkedBody.Headroom + step + 1];
        while (at < input.Length && status == ParseStatus.Incomplete)
        {
            int length = Math.Min(step, input.Length - at);
            input.Slice(at, length).CopyTo(_window.AsSpan(ChunkedBody.Headroom));
            _window[ChunkedBody.Headroom + length] = Untouched;
            ChunkedStep taken = body.Relay(_window, ChunkedBody.Headroom, length, output);
            BrokenPromiseException.Unless(taken.OutputStart >= 0 && taken.OutputStart + taken.OutputLength <= ChunkedBody.Headroom + length, "output outside of the room");
            BrokenPromiseException.Unless(_window[ChunkedBody.Headroom + length] == Untouched, "written behind the input");
            BrokenPromiseException.Unless(taken.Consumed <= length && (taken.Status != ParseStatus.Incomplete || taken.Consumed == length), "input left over");
            written.AddRange(_window.AsSpan(taken.OutputStart, taken.OutputLength));
            consumed += taken.Consumed;
            data += taken.DataBytes;
            status = taken.Status;
            at += length;
        }

        return new Result(status, [.. written], consumed, data);
    }

    private sealed record Result(ParseStatus Status, byte[] Output, int Consumed, long DataBytes);
}

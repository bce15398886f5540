namespace Portok.Http1.Tests;

/// <summary>Drives a <see cref="ChunkedBody"/> over input split into reads and collects what comes out.</summary>
internal sealed class ChunkedRun
{
    private const byte Untouched = 0xEE;

    public ParseStatus Status { get; private set; }

    public RejectReason Reason { get; private set; }

    public string Output { get; private set; } = "";

    public int Consumed { get; private set; }

    public long DataBytes { get; private set; }

    public List<ChunkedStep> Steps { get; } = [];

    /// <summary>Feeds the input cut at these offsets, each part at the same place of one window.</summary>
    public static ChunkedRun Feed(byte[] input, ChunkedOutput output = ChunkedOutput.Chunked, params int[] cuts)
    {
        var run = new ChunkedRun();
        var body = default(ChunkedBody);
        byte[] window = new byte[ChunkedBody.Headroom + input.Length];
        int at = 0;
        foreach (int cut in cuts.Append(input.Length).Order())
        {
            if (run.Status != ParseStatus.Incomplete) break;
            Array.Fill(window, Untouched);
            input.AsSpan(at, cut - at).CopyTo(window.AsSpan(ChunkedBody.Headroom));
            run.Take(body.Relay(window, ChunkedBody.Headroom, cut - at, output), window, cut - at);
            at = cut;
        }

        return run;
    }

    public static ChunkedRun Feed(string input, ChunkedOutput output = ChunkedOutput.Chunked, params int[] cuts)
        => Feed(Wire.Bytes(input), output, cuts);

    /// <summary>One read per byte.</summary>
    public static ChunkedRun FeedBytewise(string input, ChunkedOutput output = ChunkedOutput.Chunked)
        => Feed(input, output, [.. Enumerable.Range(1, Math.Max(input.Length - 1, 0))]);

    private void Take(ChunkedStep step, byte[] window, int length)
    {
        Steps.Add(step);
        Status = step.Status;
        Reason = step.Reason;
        Consumed += step.Consumed;
        DataBytes += step.DataBytes;
        Output += Wire.Text(window.AsSpan(step.OutputStart, step.OutputLength));
        if (step.Status == ParseStatus.Incomplete && step.Consumed != length) throw new InvalidOperationException("Left input without saying why.");
        if (step.OutputLength > 0 && step.OutputStart + step.OutputLength > ChunkedBody.Headroom + length)
            throw new InvalidOperationException("Wrote behind the input.");
    }
}

using Portok.Http1;

namespace Portok.Fuzz.Targets;

/// <summary>Finds a head's end in one read, in reads of one byte and in two: all must say the same.</summary>
internal static class HeadSplits
{
    public static ParseStatus FindEnd(ReadOnlySpan<byte> input, in HeadLimits limits, out int length)
    {
        int scanned = 0;
        ParseStatus whole = HeadScanner.FindEnd(input, ref scanned, limits, out length, out RejectReason reason);
        Compare(input, limits, 1, whole, length, reason);
        if (input.Length > 2) Compare(input, limits, input.Length / 2, whole, length, reason);
        return whole;
    }

    private static void Compare(ReadOnlySpan<byte> input, in HeadLimits limits, int step, ParseStatus whole, int length, RejectReason wholeReason)
    {
        int scanned = 0, found = 0;
        var status = ParseStatus.Incomplete;
        var reason = RejectReason.None;
        for (int have = Math.Min(step, input.Length); status == ParseStatus.Incomplete; have = Math.Min(have + step, input.Length))
        {
            status = HeadScanner.FindEnd(input[..have], ref scanned, limits, out found, out reason);
            if (have == input.Length) break;
        }

        BrokenPromiseException.Unless(status == whole && found == length && reason == wholeReason, $"in reads of {step}: {status} {reason} {found}; in one: {whole} {wholeReason} {length}");
    }
}

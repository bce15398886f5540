using System.Runtime.CompilerServices;

namespace Portok.Http1;

/// <summary>Finds the end of a head without looking at any byte twice, however the bytes were split into reads.</summary>
public static class HeadScanner
{
    /// <summary>
    /// Searches for the empty line that ends a head. Bytes past MaxBytes are never looked at, so that the answer does not
    /// depend on how many came at once.
    /// </summary>
    /// <param name="bytes">All bytes of the message so far, from its first.</param>
    /// <param name="scanned">How many of them earlier calls have seen; moved on by this one. 0 at the start.</param>
    /// <param name="limits">Limits on the head; only MaxBytes is looked at here.</param>
    /// <param name="length">Length of the head in bytes, the empty line included, when Complete.</param>
    /// <param name="reason">When Rejected: BareLineBreak, RequestLineTooLong (no line end within the limit), HeadTooLarge,
    /// ControlInHead (NUL or another control seen early), RequestLineMalformed (nothing a message could begin with), so
    /// that a hostile peer hears at once and not after a timeout.</param>
    public static ParseStatus FindEnd(ReadOnlySpan<byte> bytes, ref int scanned, in HeadLimits limits, out int length, out RejectReason reason)
    {
        length = 0;
        reason = RejectReason.None;
        ReadOnlySpan<byte> window = bytes.Length > limits.MaxBytes ? bytes[..Math.Max(limits.MaxBytes, 0)] : bytes;
        int at = scanned;
        if (at == 0 && !window.IsEmpty && !CanBegin(window[0]))
        {
            reason = Grammar.FaultAt(window, 0, RejectReason.RequestLineMalformed);
            return ParseStatus.Rejected;
        }

        while (true)
        {
            int stop = window[at..].IndexOfAny(Grammar.Controls);
            if (stop < 0)
            {
                scanned = window.Length;
                break;
            }

            at += stop;
            if (window[at] != Grammar.Cr)
            {
                reason = Grammar.FaultAt(window, at, RejectReason.ControlInHead);
                return ParseStatus.Rejected;
            }

            if (at + 1 >= window.Length)
            {
                // The CR is looked at again together with what follows it.
                scanned = at;
                break;
            }

            if (window[at + 1] != Grammar.Lf)
            {
                reason = RejectReason.BareLineBreak;
                return ParseStatus.Rejected;
            }

            // Every LF so far stood behind a CR, so an LF just in front means that this line is empty.
            if (at > 0 && window[at - 1] == Grammar.Lf)
            {
                // One empty line in front of a request is skipped (RFC 9112 2.2); two are not.
                if (at == 2)
                {
                    reason = RejectReason.RequestLineMalformed;
                    return ParseStatus.Rejected;
                }

                scanned = length = at + 2;
                return ParseStatus.Complete;
            }

            at += 2;
        }

        if (bytes.Length < limits.MaxBytes) return ParseStatus.Incomplete;
        reason = TooLarge(window);
        return ParseStatus.Rejected;
    }

    /// <summary>A token character begins a method and "HTTP/1.1"; CR begins the one empty line that is skipped.</summary>
    private static bool CanBegin(byte b) => b == Grammar.Cr || Grammar.TokenChars.Contains(b);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RejectReason TooLarge(ReadOnlySpan<byte> window)
    {
        ReadOnlySpan<byte> line = window.StartsWith("\r\n"u8) ? window[2..] : window;
        return line.Contains(Grammar.Lf) ? RejectReason.HeadTooLarge : RejectReason.RequestLineTooLong;
    }
}

namespace Portok.Http1;

/// <summary>Finds the end of a head without looking at any byte twice, however the bytes were split into reads.</summary>
public static class HeadScanner
{
    /// <summary>
    /// Searches for the empty line that ends a head.
    /// </summary>
    /// <param name="bytes">All bytes of the message so far, from its first.</param>
    /// <param name="scanned">How many of them earlier calls have seen; moved on by this one. 0 at the start.</param>
    /// <param name="limits">Limits on the head; only MaxBytes is looked at here.</param>
    /// <param name="length">Length of the head in bytes, the empty line included, when Complete.</param>
    /// <param name="reason">When Rejected: BareLineBreak, RequestLineTooLong (no line end within the limit), HeadTooLarge,
    /// ControlInHead (NUL or another control seen early), so that a hostile peer hears at once and not after a timeout.</param>
    public static ParseStatus FindEnd(ReadOnlySpan<byte> bytes, ref int scanned, in HeadLimits limits, out int length, out RejectReason reason)
        => throw new NotImplementedException();
}

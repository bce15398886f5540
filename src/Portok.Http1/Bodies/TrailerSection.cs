namespace Portok.Http1;

/// <summary>
/// The trailer section behind the last chunk (RFC 9112 7.1.2), relayed line by line: a line goes on when it is whole and
/// a trailer may carry it. Only a line that is split between reads is held, in storage that exists only then.
/// </summary>
internal struct TrailerSection
{
    private const int MaxLine = 8 * 1024;
    private const int MaxSection = 32 * 1024;

    private byte[]? _held;
    private byte[]? _named;
    private int _heldLength;
    private int _total;

    /// <summary>Fields of these names belong to the hop and are dropped too.</summary>
    public void DropNamed(byte[]? named) => _named = named;

    /// <summary>Reads on.</summary>
    /// <param name="window">The buffer.</param>
    /// <param name="read">Where reading stands; moved on.</param>
    /// <param name="end">End of the input.</param>
    /// <param name="keep">False: everything is dropped.</param>
    /// <param name="output">Where lines go.</param>
    /// <param name="ended">The empty line was read.</param>
    public RejectReason Relay(Span<byte> window, ref int read, int end, bool keep, ref InPlaceOutput output, out bool ended)
    {
        ended = false;
        while (read < end)
        {
            int start = read;
            bool crHeld = _heldLength > 0 && _held![_heldLength - 1] == Grammar.Cr;
            ReadOnlySpan<byte> input = window[start..end];
            int stop = crHeld ? -1 : input.IndexOfAny(Grammar.Controls);
            int taken = crHeld ? 1 : stop < 0 ? input.Length : Math.Min(stop + 2, input.Length);
            read += taken;
            _total += taken;
            if (_total > MaxSection) return RejectReason.TrailerInvalid;

            // 1. A line that does not end here is held. Of a line's end itself, CR may come alone.
            bool whole = crHeld ? input[0] == Grammar.Lf : stop >= 0 && stop + 1 < input.Length && input[stop] == Grammar.Cr && input[stop + 1] == Grammar.Lf;
            if (!whole)
            {
                if (crHeld || (stop >= 0 && !(input[stop] == Grammar.Cr && taken == stop + 1))) return RejectReason.TrailerInvalid;
                if (_heldLength + (stop < 0 ? taken : stop) > MaxLine) return RejectReason.TrailerInvalid;
                Hold(input[..taken]);
                continue;
            }

            // 2. A whole line: in the window, or held with its last part added.
            bool wasHeld = _heldLength > 0;
            if (wasHeld) Hold(input[..taken]);
            ReadOnlySpan<byte> line = wasHeld ? _held.AsSpan(0, _heldLength) : input[..taken];
            ReadOnlySpan<byte> content = line[..^2];
            if (content.Length > MaxLine) return RejectReason.TrailerInvalid;
            if (!content.IsEmpty && !TrailerField.IsValid(content)) return RejectReason.TrailerInvalid;
            if (keep && (content.IsEmpty || TrailerField.MayPass(content, _named)))
            {
                if (wasHeld) output.Framing(line, read);
                else output.Pass(start, taken);
            }

            _heldLength = 0;
            if (content.IsEmpty)
            {
                ended = true;
                _held = null;
                return RejectReason.None;
            }
        }

        return RejectReason.None;
    }

    private void Hold(ReadOnlySpan<byte> part)
    {
        int needed = _heldLength + part.Length;
        if (_held is null || _held.Length < needed)
            Array.Resize(ref _held, Math.Max(needed, Math.Min(2 * needed, MaxLine + 2)));
        part.CopyTo(_held.AsSpan(_heldLength));
        _heldLength = needed;
    }
}

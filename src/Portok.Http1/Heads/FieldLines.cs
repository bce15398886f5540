using System.Runtime.CompilerServices;

namespace Portok.Http1;

/// <summary>Parses the field lines of a head, up to and with the empty line (RFC 9112 5).</summary>
internal static class FieldLines
{
    /// <summary>
    /// Fills the fields of <paramref name="head"/>. Two vectorised searches a line: one checks the name and finds the
    /// colon, one checks the value and finds the line's end.
    /// </summary>
    /// <param name="bytes">Exactly the head.</param>
    /// <param name="at">Offset of the first field line.</param>
    /// <param name="head">What was read before a fault stands in it also when rejected.</param>
    public static RejectReason Parse(ReadOnlySpan<byte> bytes, int at, MessageHead head)
    {
        HeaderField[] fields = head.Fields;
        int[] first = head.FirstOfKind;
        uint seen = 0;
        uint repeated = 0;
        int count = 0;
        RejectReason reason;
        head.FieldsStart = at;

        while (true)
        {
            ReadOnlySpan<byte> line = bytes[at..];
            int colon = line.IndexOfAnyExcept(Grammar.TokenChars);
            if (colon <= 0 || line[colon] != ':')
            {
                reason = line is [Grammar.Cr, Grammar.Lf] ? RejectReason.None : NameFault(line, colon, count == 0);
                break;
            }

            if (count >= fields.Length)
            {
                reason = RejectReason.TooManyFields;
                break;
            }

            int valueStart = colon + 1;
            if (valueStart < line.Length && line[valueStart] == Grammar.Space) valueStart++;
            ReadOnlySpan<byte> value = line[valueStart..];
            int end = value.IndexOfAny(Grammar.Controls);
            if ((uint)end >= (uint)(value.Length - 1) || value[end] != Grammar.Cr || value[end + 1] != Grammar.Lf)
            {
                reason = Grammar.FaultAt(value, end, RejectReason.FieldValueInvalid);
                break;
            }

            FieldKind kind = FieldNames.Classify(line[..colon]);
            uint bit = 1u << (int)kind;
            if ((seen & bit) == 0) first[(int)kind] = count;
            repeated |= seen & bit;
            seen |= bit;

            ref HeaderField field = ref fields[count++];
            field.Name = new Slice(at, colon);
            field.Value = new Slice(at + valueStart, end);
            field.Kind = kind;
            field.IsHopByHop = (FieldNames.HopByHop & bit) != 0;
            field.IsOddlySpaced = false;
            // The line holds no control but HTAB: up to 0x20 means white space.
            if (end > 0 && (value[0] <= Grammar.Space || value[end - 1] <= Grammar.Space)) Trim(ref field, value[..end]);
            at += valueStart + end + 2;
        }

        head.FieldCount = count;
        head.Seen = seen;
        head.Repeated = repeated;
        return reason;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Trim(ref HeaderField field, ReadOnlySpan<byte> value)
    {
        field.IsOddlySpaced = true;
        int start = value.IndexOfAnyExcept(Grammar.Space, Grammar.Tab);
        if (start < 0)
        {
            field.Value = new Slice(field.Value.Start, 0);
            return;
        }

        int end = value.LastIndexOfAnyExcept(Grammar.Space, Grammar.Tab) + 1;
        field.Value = new Slice(field.Value.Start + start, end - start);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RejectReason NameFault(ReadOnlySpan<byte> line, int stop, bool isFirst)
    {
        // A line that begins with white space continues the one before it (obs-fold, RFC 9112 5.2) or, as the first,
        // hides a field from parsers that skip it (RFC 9112 2.2). Space before the colon: RFC 9112 5.1.
        if (stop == 0 && Grammar.IsWhiteSpace(line[0]))
            return isFirst ? RejectReason.LeadingWhiteSpace : RejectReason.ObsoleteFold;
        return Grammar.FaultAt(line, stop, RejectReason.FieldNameInvalid);
    }
}

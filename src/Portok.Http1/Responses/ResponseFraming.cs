using System.Runtime.CompilerServices;

namespace Portok.Http1;

/// <summary>How the body of a response is framed (RFC 9112 6.3).</summary>
internal static class ResponseFraming
{
    public static RejectReason Apply(ReadOnlySpan<byte> bytes, MethodKind request, ResponseHead head)
    {
        bool coded = head.Has(FieldKind.TransferEncoding);
        if (coded && !IsSingleChunked(bytes, head)) return RejectReason.ResponseFramingInvalid;
        if (head.Has(FieldKind.ContentLength) && !ReadLength(bytes, head)) return RejectReason.ResponseFramingInvalid;

        if (head.Status < 200)
        {
            // Nothing follows the head of a 1xx; one that says otherwise makes the next bytes ambiguous. A 101 has the
            // new protocol behind it, whatever it declares (both fields are dropped).
            return head.IsInterim && (coded || head.ContentLength > 0) ? RejectReason.ResponseFramingInvalid : RejectReason.None;
        }

        if (request == MethodKind.Head || head.Status is 204 or 304) return RejectReason.None;
        head.Framing = coded ? BodyFraming.Chunked : head.ContentLength >= 0 ? BodyFraming.ContentLength : BodyFraming.UntilClose;
        if (head.Framing == BodyFraming.UntilClose) head.KeepAlive = false;
        return RejectReason.None;
    }

    private static bool IsSingleChunked(ReadOnlySpan<byte> bytes, ResponseHead head)
        => !head.Has(FieldKind.ContentLength) && !head.IsHttp10 && !head.HasRepeated(FieldKind.TransferEncoding)
        && Grammar.EqualsIgnoreCase(head.FirstValue(FieldKind.TransferEncoding).Of(bytes), "chunked"u8);

    private static bool ReadLength(ReadOnlySpan<byte> bytes, ResponseHead head)
    {
        if (head.HasRepeated(FieldKind.ContentLength)) return ReadRepeatedLength(bytes, head);
        ReadOnlySpan<byte> value = head.FirstValue(FieldKind.ContentLength).Of(bytes);
        if (!Grammar.TryParseLength(value, out long length)) return ReadRepeatedLength(bytes, head);
        head.ContentLength = length;
        return true;
    }

    /// <summary>RFC 9112 6.3: the same number several times, in lines or in a list, may be taken as one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool ReadRepeatedLength(ReadOnlySpan<byte> bytes, ResponseHead head)
    {
        long common = -1;
        for (int i = 0; i < head.FieldCount; i++)
        {
            if (head.Fields[i].Kind != FieldKind.ContentLength) continue;
            ReadOnlySpan<byte> rest = head.Fields[i].Value.Of(bytes);
            while (true)
            {
                int comma = rest.IndexOf((byte)',');
                ReadOnlySpan<byte> element = Grammar.TrimWhiteSpace(comma < 0 ? rest : rest[..comma]);
                if (!Grammar.TryParseLength(element, out long length) || (common >= 0 && common != length)) return false;
                common = length;
                if (comma < 0) break;
                rest = rest[(comma + 1)..];
            }
        }

        head.ContentLength = common;
        return true;
    }
}

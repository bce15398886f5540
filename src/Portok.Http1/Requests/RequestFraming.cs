using System.Runtime.CompilerServices;

namespace Portok.Http1;

/// <summary>How the body of a request is framed (RFC 9112 6.3). Whatever two parsers could read in two ways is refused.</summary>
internal static class RequestFraming
{
    public static RejectReason Apply(ReadOnlySpan<byte> bytes, RequestHead head)
    {
        const uint framing = (1u << (int)FieldKind.ContentLength) | (1u << (int)FieldKind.TransferEncoding);
        return (head.Seen & framing) == 0 ? RejectReason.None : Read(bytes, head);
    }

    private static RejectReason Read(ReadOnlySpan<byte> bytes, RequestHead head)
    {
        if (head.Has(FieldKind.TransferEncoding)) return ReadCoding(bytes, head);

        if (head.HasRepeated(FieldKind.ContentLength)) return RejectReason.ContentLengthRepeated;
        ReadOnlySpan<byte> value = head.FirstValue(FieldKind.ContentLength).Of(bytes);
        if (!Grammar.TryParseLength(value, out long length))
            return value.Contains((byte)',') ? RejectReason.ContentLengthRepeated : RejectReason.ContentLengthInvalid;
        head.Framing = BodyFraming.ContentLength;
        head.ContentLength = length;
        return RejectReason.None;
    }

    private static RejectReason ReadCoding(ReadOnlySpan<byte> bytes, RequestHead head)
    {
        // RFC 9112 6.3 lets the coding win over the length; a message with both is an attack far more often than not.
        if (head.Has(FieldKind.ContentLength)) return RejectReason.LengthAndCoding;
        if (head.IsHttp10) return RejectReason.CodingInHttp10;
        if (head.HasRepeated(FieldKind.TransferEncoding)) return RejectReason.CodingRepeated;
        ReadOnlySpan<byte> value = head.FirstValue(FieldKind.TransferEncoding).Of(bytes);
        if (!Grammar.EqualsIgnoreCase(value, "chunked"u8)) return CodingFault(value);
        head.Framing = BodyFraming.Chunked;
        return RejectReason.None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RejectReason CodingFault(ReadOnlySpan<byte> list)
    {
        bool known = true;
        int chunked = 0;
        bool chunkedLast = false;
        int codings = 0;
        while (Grammar.NextElement(ref list, out ReadOnlySpan<byte> coding))
        {
            codings++;
            chunkedLast = Grammar.EqualsIgnoreCase(coding, "chunked"u8);
            if (chunkedLast) chunked++;
            else known &= IsKnown(coding);
        }

        if (chunked > 1) return RejectReason.CodingRepeated;
        return chunkedLast && known && codings > 1 ? RejectReason.CodingUnsupported : RejectReason.CodingInvalid;
    }

    /// <summary>The registered transfer codings (RFC 9112 7.2) that a server could have been right to send.</summary>
    private static bool IsKnown(ReadOnlySpan<byte> coding)
        => Grammar.EqualsIgnoreCase(coding, "gzip"u8) || Grammar.EqualsIgnoreCase(coding, "x-gzip"u8)
        || Grammar.EqualsIgnoreCase(coding, "deflate"u8) || Grammar.EqualsIgnoreCase(coding, "compress"u8)
        || Grammar.EqualsIgnoreCase(coding, "x-compress"u8);
}

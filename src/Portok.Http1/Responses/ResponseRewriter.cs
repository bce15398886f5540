namespace Portok.Http1;

/// <summary>What happens to the framing of a response body on its way to the client.</summary>
public enum ResponseBodyChange : byte
{
    /// <summary>Goes on framed as it came.</summary>
    None,

    /// <summary>A close-delimited body becomes chunked (HTTP/1.1 client).</summary>
    AddChunked,

    /// <summary>A chunked body becomes close-delimited (HTTP/1.0 client).</summary>
    StripChunked,
}

/// <summary>How a response head is to be written for the client.</summary>
public readonly struct ResponseRewrite
{
    public ResponseBodyChange BodyChange { get; init; }

    /// <summary>Say Connection: close.</summary>
    public bool CloseClient { get; init; }

    /// <summary>Say Connection: keep-alive (HTTP/1.0 client that asked for it).</summary>
    public bool SayKeepAlive { get; init; }

    /// <summary>The answer is a relayed 101: Upgrade and Connection: Upgrade stay.</summary>
    public bool RelayUpgrade { get; init; }
}

/// <summary>Writes a response head anew from what was parsed (RFC 9110 7.6). Pure; allocates nothing.</summary>
public static class ResponseRewriter
{
    /// <summary>An upper bound in bytes of what <see cref="Write"/> can write for a head of this length.</summary>
    public static int MaxLength(int headLength) => headLength + 256;

    /// <summary>Writes the head; always as HTTP/1.1. A repeated equal Content-Length becomes one; a 1xx or 204 loses it (RFC 9110 8.6).</summary>
    /// <param name="head">The parsed head.</param>
    /// <param name="source">The bytes it was parsed from.</param>
    /// <param name="rewrite">What to change.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes; must not overlap the source.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(ResponseHead head, ReadOnlySpan<byte> source, in ResponseRewrite rewrite, Span<byte> destination)
    {
        var writer = new HeadWriter(destination);
        int run = 0;
        bool hasReasonSpace = source[StatusLine.StatusOffset + 3] == Grammar.Space;
        if (head.IsHttp10 || !hasReasonSpace)
        {
            writer.Write("HTTP/1.1 "u8);
            writer.Write(source.Slice(StatusLine.StatusOffset, 3));
            // RFC 9112 4: the SP stands also in front of an empty reason.
            if (!hasReasonSpace) writer.Write(" "u8);
            run = StatusLine.StatusOffset + 3;
        }

        ReadOnlySpan<HeaderField> fields = head.Fields.AsSpan(0, head.FieldCount);
        for (int i = 0; i < fields.Length; i++)
        {
            ref readonly HeaderField field = ref fields[i];
            if (field.Kind == FieldKind.Other && !field.IsHopByHop && !field.IsOddlySpaced) continue;
            Fate fate = Decide(head, i, in rewrite);
            if (fate == Fate.Copy) continue;

            writer.Write(source[run..field.Name.Start]);
            run = head.LineAfter(i);
            if (fate == Fate.Replace) Replace(ref writer, head, in field, source);
        }

        writer.Write(source[run..(head.Length - 2)]);
        if (rewrite.BodyChange == ResponseBodyChange.AddChunked && !head.MustNotBeFramed && !head.Has(FieldKind.TransferEncoding))
            writer.Write("Transfer-Encoding: chunked\r\n"u8);
        WriteConnection(ref writer, head, in rewrite);
        writer.Write("\r\n"u8);
        return writer.Length;
    }

    private static void WriteConnection(ref HeadWriter writer, ResponseHead head, in ResponseRewrite rewrite)
    {
        bool upgrade = KeepsUpgrade(head, in rewrite) && head.Has(FieldKind.Upgrade);
        bool close = rewrite.CloseClient && !rewrite.RelayUpgrade;
        bool keepAlive = rewrite.SayKeepAlive && !rewrite.RelayUpgrade && !close;
        if (!upgrade && !close && !keepAlive) return;
        writer.Write("Connection: "u8);
        if (close) writer.Write("close"u8);
        else if (keepAlive) writer.Write("keep-alive"u8);
        if (upgrade) writer.Write(close || keepAlive ? ", Upgrade"u8 : "Upgrade"u8);
        writer.Write("\r\n"u8);
    }

    /// <summary>A 426 must say what to upgrade to (RFC 9110 15.5.22), and what it says holds here too: upgrades are relayed.</summary>
    private static bool KeepsUpgrade(ResponseHead head, in ResponseRewrite rewrite) => rewrite.RelayUpgrade || head.Status == 426;

    private static Fate Decide(ResponseHead head, int i, in ResponseRewrite rewrite)
    {
        ref readonly HeaderField field = ref head.Fields[i];
        Fate unchanged = field.IsOddlySpaced ? Fate.Replace : Fate.Copy;
        switch (field.Kind)
        {
            case FieldKind.ContentLength:
                // Next to a coding it would frame the message twice.
                if (head.MustNotBeFramed || rewrite.BodyChange == ResponseBodyChange.AddChunked) return Fate.Drop;
                return i == head.FirstOfKind[(int)FieldKind.ContentLength] ? Fate.Replace : Fate.Drop;
            case FieldKind.TransferEncoding:
                return head.MustNotBeFramed || rewrite.BodyChange == ResponseBodyChange.StripChunked ? Fate.Drop : unchanged;
            case FieldKind.Trailer:
                // Trailers go with the coding that carried them.
                return rewrite.BodyChange == ResponseBodyChange.StripChunked ? Fate.Drop : unchanged;
            case FieldKind.Upgrade:
                return KeepsUpgrade(head, in rewrite) ? unchanged : Fate.Drop;
            default:
                return field.IsHopByHop ? Fate.Drop : unchanged;
        }
    }

    private static void Replace(ref HeadWriter writer, ResponseHead head, in HeaderField field, ReadOnlySpan<byte> source)
    {
        if (field.Kind != FieldKind.ContentLength)
        {
            writer.WriteField(field.Name.Of(source), field.Value.Of(source));
            return;
        }

        // Written as parsed: once, without leading zeros.
        writer.Write(field.Name.Of(source));
        writer.Write(": "u8);
        writer.Write(head.ContentLength);
        writer.Write("\r\n"u8);
    }
}

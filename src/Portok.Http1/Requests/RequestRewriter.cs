namespace Portok.Http1;

/// <summary>How a request head is to be written for the app.</summary>
public readonly ref struct RequestRewrite
{
    /// <summary>The client's address as text, IPv4-mapped addresses as IPv4.</summary>
    public ReadOnlySpan<byte> ClientAddress { get; init; }

    /// <summary>Port of the app on 127.0.0.1; the Host of an HTTP/1.0 request that has none.</summary>
    public int UpstreamPort { get; init; }

    /// <summary>ENABLE_XFWD.</summary>
    public bool AddForwarded { get; init; }

    /// <summary>Say Connection: close to the app (UPSTREAM_KEEPALIVE=0).</summary>
    public bool CloseUpstream { get; init; }

    /// <summary>Relay Upgrade and Connection: Upgrade.</summary>
    public bool RelayUpgrade { get; init; }

    /// <summary>The request goes to the admin API: x-admin-token stays, and x-portok-peer with the client's address is added. No X-Forwarded-* is added.</summary>
    public bool ForAdmin { get; init; }
}

/// <summary>Writes a request head anew from what was parsed (RFC 9110 7.6). Pure; allocates nothing.</summary>
public static class RequestRewriter
{
    /// <summary>An upper bound in bytes of what <see cref="Write"/> can write for a head of this length.</summary>
    public static int MaxLength(int headLength) => (2 * headLength) + 512;

    /// <summary>
    /// Writes the head; always as HTTP/1.1. Fields keep name, case, order, duplicates and value. Lines that do not change
    /// are copied in runs as long as they come.
    /// </summary>
    /// <param name="head">The parsed head.</param>
    /// <param name="source">The bytes it was parsed from.</param>
    /// <param name="rewrite">What to change.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes; must not overlap the source.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(RequestHead head, ReadOnlySpan<byte> source, in RequestRewrite rewrite, Span<byte> destination)
    {
        var writer = new HeadWriter(destination);
        bool addForwarded = rewrite.AddForwarded && !rewrite.ForAdmin;

        // An origin-form 1.1 request line is part of the first run: it goes on as it came.
        int run = head.MethodToken.Start;
        if (head.IsHttp10 || head.IsAbsoluteForm)
        {
            WriteRequestLine(ref writer, head, source, in rewrite);
            run = head.FieldsStart;
        }

        ReadOnlySpan<HeaderField> fields = head.Fields.AsSpan(0, head.FieldCount);
        for (int i = 0; i < fields.Length; i++)
        {
            ref readonly HeaderField field = ref fields[i];
            if (field.Kind is FieldKind.Other or FieldKind.Accept && !field.IsHopByHop && !field.IsOddlySpaced) continue;
            Fate fate = RequestFields.Decide(head, i, in rewrite, addForwarded);
            if (fate == Fate.Copy) continue;

            writer.Write(source[run..field.Name.Start]);
            run = head.LineAfter(i);
            if (fate == Fate.Replace) RequestFields.Replace(ref writer, head, i, source, in rewrite);
        }

        writer.Write(source[run..(head.Length - 2)]);
        if (addForwarded) ForwardedFields.Add(ref writer, head, source, rewrite.ClientAddress);
        else if (rewrite.ForAdmin) writer.WriteField("x-portok-peer"u8, rewrite.ClientAddress);
        WriteConnection(ref writer, head, in rewrite);
        writer.Write("\r\n"u8);
        return writer.Length;
    }

    private static void WriteRequestLine(ref HeadWriter writer, RequestHead head, ReadOnlySpan<byte> source, in RequestRewrite rewrite)
    {
        ReadOnlySpan<byte> origin = head.OriginTarget.Of(source);
        writer.Write(head.MethodToken.Of(source));
        writer.Write(" "u8);
        // RFC 9112 3.2.1 and 3.2.4: an empty path is sent as "/", for OPTIONS without a query as "*".
        if (origin.IsEmpty) writer.Write(head.Method == MethodKind.Options ? "*"u8 : "/"u8);
        else if (origin[0] == '?') writer.Write("/"u8);
        writer.Write(origin);
        writer.Write(" HTTP/1.1\r\n"u8);
        if (head.Has(FieldKind.Host)) return;

        writer.Write("Host: "u8);
        if (head.IsAbsoluteForm)
        {
            writer.Write(head.Authority.Of(source));
        }
        else
        {
            writer.Write("127.0.0.1:"u8);
            writer.Write(rewrite.UpstreamPort);
        }

        writer.Write("\r\n"u8);
    }

    /// <summary>
    /// The one Connection field. Upgrade stands without "close": the connection is a tunnel or is closed by us anyway, and
    /// apps that compare the whole value keep working.
    /// </summary>
    private static void WriteConnection(ref HeadWriter writer, RequestHead head, in RequestRewrite rewrite)
    {
        bool upgrade = rewrite.RelayUpgrade && head.Has(FieldKind.Upgrade);
        bool close = rewrite.CloseUpstream && !upgrade;
        if (!upgrade && !close && !head.AcceptsTrailers) return;
        writer.Write("Connection: "u8);
        if (close) writer.Write("close"u8);
        if (head.AcceptsTrailers) writer.Write(close ? ", TE"u8 : "TE"u8);
        if (upgrade) writer.Write(head.AcceptsTrailers ? ", Upgrade"u8 : "Upgrade"u8);
        writer.Write("\r\n"u8);
    }
}

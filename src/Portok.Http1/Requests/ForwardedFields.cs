namespace Portok.Http1;

/// <summary>The X-Forwarded-* fields that a request does not bring along; those it brings are kept (For: appended to, in place).</summary>
internal static class ForwardedFields
{
    public static void Add(ref HeadWriter writer, RequestHead head, ReadOnlySpan<byte> source, ReadOnlySpan<byte> clientAddress)
    {
        ReadOnlySpan<byte> host = head.EffectiveHost.Of(source);
        if (!head.Has(FieldKind.ForwardedFor)) writer.WriteField("X-Forwarded-For"u8, clientAddress);
        if (!head.Has(FieldKind.ForwardedProto)) writer.Write("X-Forwarded-Proto: http\r\n"u8);
        // A 1.0 request without Host was sent to nobody by name; the Host it is given is not the client's word.
        if (!head.Has(FieldKind.ForwardedHost) && !host.IsEmpty) writer.WriteField("X-Forwarded-Host"u8, host);
        if (!head.Has(FieldKind.ForwardedPort)) writer.WriteField("X-Forwarded-Port"u8, Port(head, source, host));
    }

    /// <summary>
    /// The port the client named in Host, else the default of its scheme. The scheme is http, unless a proxy in front says
    /// https: "https" with port 80 makes apps build links that lead nowhere.
    /// </summary>
    private static ReadOnlySpan<byte> Port(RequestHead head, ReadOnlySpan<byte> source, ReadOnlySpan<byte> host)
    {
        ReadOnlySpan<byte> port = HostValue.Port(host);
        if (!port.IsEmpty) return port;
        return head.Has(FieldKind.ForwardedProto)
            && Grammar.EqualsIgnoreCase(head.FirstValue(FieldKind.ForwardedProto).Of(source), "https"u8) ? "443"u8 : "80"u8;
    }
}

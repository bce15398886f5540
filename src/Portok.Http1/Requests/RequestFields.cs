namespace Portok.Http1;

/// <summary>What becomes of each field of a request on its way to the app (RFC 9110 7.6.1).</summary>
internal static class RequestFields
{
    public static Fate Decide(RequestHead head, int i, in RequestRewrite rewrite, bool addForwarded)
    {
        ref readonly HeaderField field = ref head.Fields[i];
        Fate unchanged = field.IsOddlySpaced ? Fate.Replace : Fate.Copy;
        switch (field.Kind)
        {
            case FieldKind.Host:
                // RFC 9112 3.2.2: what was received in Host gives way to the authority of an absolute-form.
                return head.IsAbsoluteForm ? Fate.Replace : unchanged;
            case FieldKind.ContentLength:
                // Leading zeros are written away: some parsers take them for octal.
                return field.Value.Length > 1 ? Fate.Replace : unchanged;
            case FieldKind.TransferEncoding:
                return unchanged;
            case FieldKind.Te:
                return head.AcceptsTrailers && i == head.FirstOfKind[(int)FieldKind.Te] ? Fate.Replace : Fate.Drop;
            case FieldKind.Upgrade:
                return rewrite.RelayUpgrade ? unchanged : Fate.Drop;
            case FieldKind.Expect:
                // A 1.0 client could not read the 100 that the app would send.
                return head.IsHttp10 ? Fate.Drop : unchanged;
            case FieldKind.MaxForwards:
                if (field.IsHopByHop) return Fate.Drop;
                return head.MaxForwards > 0 && !rewrite.ForAdmin ? Fate.Replace : unchanged;
            case FieldKind.AdminToken:
                return rewrite.ForAdmin && !field.IsHopByHop ? unchanged : Fate.Drop;
            case FieldKind.PortokPeer:
                return Fate.Drop;
            case FieldKind.ForwardedFor:
                return addForwarded && IsLast(head, i) ? Fate.Replace : unchanged;
            case FieldKind.ForwardedProto or FieldKind.ForwardedHost or FieldKind.ForwardedPort:
                return addForwarded && i != head.FirstOfKind[(int)field.Kind] ? Fate.Drop : unchanged;
            default:
                return field.IsHopByHop ? Fate.Drop : unchanged;
        }
    }

    public static void Replace(ref HeadWriter writer, RequestHead head, int i, ReadOnlySpan<byte> source, in RequestRewrite rewrite)
    {
        ref readonly HeaderField field = ref head.Fields[i];
        ReadOnlySpan<byte> name = field.Name.Of(source);
        ReadOnlySpan<byte> value = field.Value.Of(source);
        writer.Write(name);
        writer.Write(": "u8);
        switch (field.Kind)
        {
            case FieldKind.Host:
                writer.Write(head.EffectiveHost.Of(source));
                break;
            case FieldKind.ContentLength:
                writer.Write(head.ContentLength);
                break;
            case FieldKind.Te:
                writer.Write("trailers"u8);
                break;
            case FieldKind.MaxForwards when head.MaxForwards > 0 && !rewrite.ForAdmin:
                writer.Write(head.MaxForwards - 1);
                break;
            case FieldKind.ForwardedFor when rewrite.AddForwarded && !rewrite.ForAdmin && IsLast(head, i):
                writer.Write(value);
                if (!value.IsEmpty) writer.Write(", "u8);
                writer.Write(rewrite.ClientAddress);
                break;
            default:
                writer.Write(value);
                break;
        }

        writer.Write("\r\n"u8);
    }

    private static bool IsLast(RequestHead head, int i)
    {
        FieldKind kind = head.Fields[i].Kind;
        for (int j = i + 1; j < head.FieldCount; j++)
            if (head.Fields[j].Kind == kind) return false;
        return true;
    }
}

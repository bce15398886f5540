using System.Runtime.CompilerServices;

namespace Portok.Http1;

/// <summary>Reads the Connection field and marks the fields it names as hop-by-hop (RFC 9110 7.6.1).</summary>
internal static class ConnectionOptions
{
    /// <summary>More options than this have no honest use, and each costs a walk over the fields.</summary>
    private const int MaxOptions = 64;

    // What the next hop frames, routes or trusts by. The RFC forbids naming fields that are meant for every recipient;
    // an attacker does it to strip what stands between it and the app. These stay, whatever Connection says.
    private const uint ProtectedKinds = (1u << (int)FieldKind.Host) | (1u << (int)FieldKind.ContentLength)
        | (1u << (int)FieldKind.TransferEncoding) | (1u << (int)FieldKind.Expect) | (1u << (int)FieldKind.Trailer)
        | (1u << (int)FieldKind.ForwardedFor) | (1u << (int)FieldKind.ForwardedProto)
        | (1u << (int)FieldKind.ForwardedHost) | (1u << (int)FieldKind.ForwardedPort);

    /// <summary>Sets KeepAlive, HasUpgrade and IsWebSocket of a head whose fields are parsed.</summary>
    /// <returns>None, or FieldValueInvalid for an absurd number of options.</returns>
    public static RejectReason Apply(ReadOnlySpan<byte> bytes, MessageHead head)
    {
        head.KeepAlive = !head.IsHttp10;
        const uint relevant = (1u << (int)FieldKind.Connection) | (1u << (int)FieldKind.Upgrade);
        return (head.Seen & relevant) == 0 ? RejectReason.None : Read(bytes, head);
    }

    private static RejectReason Read(ReadOnlySpan<byte> bytes, MessageHead head)
    {
        bool close = false;
        bool keepAlive = false;
        bool upgrade = false;
        int options = 0;

        for (int i = head.IndexOf(FieldKind.Connection); (uint)i < (uint)head.FieldCount; i++)
        {
            if (head.Fields[i].Kind != FieldKind.Connection) continue;
            ReadOnlySpan<byte> list = head.Fields[i].Value.Of(bytes);
            while (Grammar.NextElement(ref list, out ReadOnlySpan<byte> option))
            {
                if (++options > MaxOptions) return RejectReason.FieldValueInvalid;
                if (Grammar.EqualsIgnoreCase(option, "keep-alive"u8)) keepAlive = true;
                else if (Grammar.EqualsIgnoreCase(option, "close"u8)) close = true;
                else if (Grammar.EqualsIgnoreCase(option, "upgrade"u8)) upgrade = true;
                else if (FieldNames.Classify(option) != FieldKind.Te) MarkNamed(bytes, head, option);
            }
        }

        head.KeepAlive = !close && (keepAlive || !head.IsHttp10);
        if (head.Has(FieldKind.Upgrade))
        {
            // RFC 9110 7.8: Upgrade in an HTTP/1.0 request is ignored.
            head.HasUpgrade = upgrade && !head.IsHttp10;
            head.IsWebSocket = !head.HasRepeated(FieldKind.Upgrade)
                && Grammar.EqualsIgnoreCase(head.FirstValue(FieldKind.Upgrade).Of(bytes), "websocket"u8);
        }

        return RejectReason.None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MarkNamed(ReadOnlySpan<byte> bytes, MessageHead head, ReadOnlySpan<byte> option)
    {
        head.NamesFields = true;
        Span<HeaderField> fields = head.Fields.AsSpan(0, head.FieldCount);
        foreach (ref HeaderField field in fields)
        {
            if (field.Name.Length != option.Length || field.IsHopByHop) continue;
            ReadOnlySpan<byte> name = field.Name.Of(bytes);
            if (Grammar.EqualsIgnoreCase(name, option) && !IsProtected(field.Kind, name)) field.IsHopByHop = true;
        }
    }

    /// <summary>
    /// The names that Connection lists, in lower case, each between line feeds: what no trailer may carry either
    /// (RFC 9110 7.6.1). Null, and nothing allocated, for nearly every message.
    /// </summary>
    public static byte[]? NamedInTrailers(ReadOnlySpan<byte> bytes, MessageHead head)
    {
        if (!head.NamesFields || head.Framing != BodyFraming.Chunked) return null;
        var names = new List<byte> { Grammar.Lf };
        for (int i = 0; i < head.FieldCount; i++)
        {
            if (head.Fields[i].Kind != FieldKind.Connection) continue;
            ReadOnlySpan<byte> list = head.Fields[i].Value.Of(bytes);
            while (Grammar.NextElement(ref list, out ReadOnlySpan<byte> option))
            {
                foreach (byte b in option) names.Add((byte)char.ToLowerInvariant((char)b));
                names.Add(Grammar.Lf);
            }
        }

        return [.. names];
    }

    private static bool IsProtected(FieldKind kind, ReadOnlySpan<byte> name)
    {
        if (kind != FieldKind.Other) return (ProtectedKinds & (1u << (int)kind)) != 0;
        return name.Length switch
        {
            3 => Grammar.EqualsIgnoreCase(name, "via"u8),
            6 => Grammar.EqualsIgnoreCase(name, "cookie"u8),
            9 => Grammar.EqualsIgnoreCase(name, "forwarded"u8) || Grammar.EqualsIgnoreCase(name, "x-real-ip"u8),
            10 => Grammar.EqualsIgnoreCase(name, "set-cookie"u8),
            12 => Grammar.EqualsIgnoreCase(name, "content-type"u8),
            13 => Grammar.EqualsIgnoreCase(name, "authorization"u8) || Grammar.EqualsIgnoreCase(name, "cache-control"u8)
                || Grammar.EqualsIgnoreCase(name, "content-range"u8),
            16 => Grammar.EqualsIgnoreCase(name, "content-encoding"u8),
            _ => false,
        };
    }
}

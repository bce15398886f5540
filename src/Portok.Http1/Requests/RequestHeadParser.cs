using System.Runtime.CompilerServices;

namespace Portok.Http1;

/// <summary>Parses one whole request head (RFC 9112 3, 5, 6, 7). Pure; allocates nothing.</summary>
public static class RequestHeadParser
{
    /// <summary>
    /// Parses the head that <see cref="HeadScanner"/> found. On success <paramref name="head"/> is filled; otherwise it
    /// is undefined, but for Method, Host and the Accept field as far as they were read.
    /// </summary>
    /// <param name="bytes">Exactly the head, the empty line included.</param>
    /// <param name="head">The workspace to fill.</param>
    /// <returns>None when valid, else the rule that was broken.</returns>
    public static RejectReason Parse(ReadOnlySpan<byte> bytes, RequestHead head)
    {
        head.Reset(bytes.Length);

        // 1. The line. One empty line in front of it is skipped (RFC 9112 2.2).
        int at = bytes.StartsWith("\r\n"u8) ? 2 : 0;
        RejectReason reason = RequestLine.Parse(bytes, ref at, head);
        if (reason != RejectReason.None) return reason;

        // 2. The fields, checked and found; nothing is interpreted yet.
        reason = FieldLines.Parse(bytes, at, head);

        // 3. What they mean together.
        RejectReason host = ReadHost(bytes, head);
        if (reason != RejectReason.None) return reason;
        if (host != RejectReason.None) return host;
        reason = RequestFraming.Apply(bytes, head);
        if (reason != RejectReason.None) return reason;
        reason = ConnectionOptions.Apply(bytes, head);
        if (reason != RejectReason.None) return reason;

        const uint rare = (1u << (int)FieldKind.Expect) | (1u << (int)FieldKind.Te) | (1u << (int)FieldKind.MaxForwards);
        if ((head.Seen & rare) != 0)
        {
            reason = ReadExpectAndTe(bytes, head);
            if (reason == RejectReason.None) reason = ReadMaxForwards(bytes, head);
            if (reason != RejectReason.None) return reason;
        }

        return head.Method == MethodKind.Connect ? RejectReason.MethodConnect : RejectReason.None;
    }

    /// <summary>RFC 9112 3.2: exactly one valid Host in HTTP/1.1, at most one in 1.0.</summary>
    private static RejectReason ReadHost(ReadOnlySpan<byte> bytes, RequestHead head)
    {
        if (!head.Has(FieldKind.Host)) return head.IsHttp10 ? RejectReason.None : RejectReason.HostMissing;
        if (head.HasRepeated(FieldKind.Host)) return RejectReason.HostRepeated;
        Slice host = head.FirstValue(FieldKind.Host);
        if (!HostValue.IsValid(host.Of(bytes))) return RejectReason.HostInvalid;
        head.Host = host;
        return RejectReason.None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RejectReason ReadExpectAndTe(ReadOnlySpan<byte> bytes, RequestHead head)
    {
        for (int i = 0; i < head.FieldCount; i++)
        {
            ReadOnlySpan<byte> value = head.Fields[i].Value.Of(bytes);
            if (head.Fields[i].Kind == FieldKind.Expect)
            {
                // RFC 9110 10.1.1: 100-continue is the only expectation there is.
                if (!Grammar.EqualsIgnoreCase(value, "100-continue"u8)) return RejectReason.ExpectationUnknown;
                head.ExpectContinue = !head.IsHttp10;
            }
            else if (head.Fields[i].Kind == FieldKind.Te)
            {
                // RFC 9110 10.1.4: "trailers" has no weight. A 1.0 client gets no chunked body, so no trailers either.
                while (Grammar.NextElement(ref value, out ReadOnlySpan<byte> coding))
                    head.AcceptsTrailers |= !head.IsHttp10 && Grammar.EqualsIgnoreCase(coding, "trailers"u8);
            }
        }

        return RejectReason.None;
    }

    /// <summary>
    /// RFC 9110 7.6.2: a number that TRACE and OPTIONS have to heed; for other methods the field passes as it came. Several
    /// of them, or one that is no number, cannot be updated and are refused.
    /// </summary>
    private static RejectReason ReadMaxForwards(ReadOnlySpan<byte> bytes, RequestHead head)
    {
        if (!head.Has(FieldKind.MaxForwards) || head.Method is not (MethodKind.Trace or MethodKind.Options)) return RejectReason.None;
        ReadOnlySpan<byte> value = head.FirstValue(FieldKind.MaxForwards).Of(bytes);
        if (head.HasRepeated(FieldKind.MaxForwards) || value.IsEmpty || value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            return RejectReason.FieldValueInvalid;
        // More hops than fit a long are as good as the most that do.
        head.MaxForwards = Grammar.TryParseLength(value, out long hops) ? hops : long.MaxValue;
        return RejectReason.None;
    }
}

using System.Runtime.CompilerServices;

namespace Portok.Http1;

/// <summary>The four forms of a request target (RFC 9112 3.2). Its characters are checked already.</summary>
internal static class RequestTarget
{
    public static RejectReason Parse(ReadOnlySpan<byte> bytes, RequestHead head)
    {
        Slice target = head.Target;
        return bytes[target.Start] == '/' ? SetOrigin(bytes, head, target) : ParseOther(bytes, head, target);
    }

    private static RejectReason SetOrigin(ReadOnlySpan<byte> bytes, RequestHead head, Slice origin)
    {
        int query = origin.Of(bytes).IndexOf((byte)'?');
        head.OriginTarget = origin;
        head.Path = query < 0 ? origin : new Slice(origin.Start, query);
        return RejectReason.None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RejectReason ParseOther(ReadOnlySpan<byte> bytes, RequestHead head, Slice target)
    {
        // CONNECT is refused whatever its target: with 405, once the head is read (its Accept names the form of the answer).
        if (head.Method == MethodKind.Connect) return RejectReason.None;

        ReadOnlySpan<byte> text = target.Of(bytes);
        if (text is [(byte)'*'])
        {
            head.OriginTarget = target;
            head.Path = target;
            return head.Method == MethodKind.Options ? RejectReason.None : RejectReason.TargetInvalid;
        }

        int scheme = StartsWithIgnoreCase(text, "http://"u8) ? 7 : StartsWithIgnoreCase(text, "https://"u8) ? 8 : 0;
        if (scheme == 0) return RejectReason.TargetInvalid;

        int length = text[scheme..].IndexOfAny((byte)'/', (byte)'?');
        if (length < 0) length = text.Length - scheme;
        if (!HostValue.IsValid(text.Slice(scheme, length))) return RejectReason.TargetInvalid;
        head.IsAbsoluteForm = true;
        head.Authority = new Slice(target.Start + scheme, length);
        return SetOrigin(bytes, head, new Slice(target.Start + scheme + length, target.Length - scheme - length));
    }

    private static bool StartsWithIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
        => text.Length >= lower.Length && Grammar.EqualsIgnoreCase(text[..lower.Length], lower);
}

namespace Portok.Http1;

/// <summary>Recognises the methods of RFC 9110 9.3 and PATCH (RFC 5789), case-sensitively.</summary>
internal static class Methods
{
    public static MethodKind Classify(ReadOnlySpan<byte> token)
    {
        switch (token.Length)
        {
            case 3:
                return token.SequenceEqual("GET"u8) ? MethodKind.Get : token.SequenceEqual("PUT"u8) ? MethodKind.Put : MethodKind.Other;
            case 4:
                return token.SequenceEqual("POST"u8) ? MethodKind.Post : token.SequenceEqual("HEAD"u8) ? MethodKind.Head : MethodKind.Other;
            case 5:
                return token.SequenceEqual("PATCH"u8) ? MethodKind.Patch : token.SequenceEqual("TRACE"u8) ? MethodKind.Trace : MethodKind.Other;
            case 6:
                return token.SequenceEqual("DELETE"u8) ? MethodKind.Delete : MethodKind.Other;
            case 7:
                return token.SequenceEqual("OPTIONS"u8) ? MethodKind.Options : token.SequenceEqual("CONNECT"u8) ? MethodKind.Connect : MethodKind.Other;
            default:
                return MethodKind.Other;
        }
    }
}

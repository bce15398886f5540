using System.Runtime.CompilerServices;

namespace Portok.Http1;

/// <summary>
/// The request line: <c>method SP request-target SP HTTP-version CRLF</c>, with exactly one SP each (RFC 9112 3). The
/// lenient reading of RFC 9112 3, any white space, is not taken: two parsers could cut the line in two ways.
/// </summary>
internal static class RequestLine
{
    /// <summary>Fills method, target and version.</summary>
    /// <param name="bytes">The head.</param>
    /// <param name="at">Offset of the line; moved behind its CRLF.</param>
    /// <param name="head">The workspace.</param>
    public static RejectReason Parse(ReadOnlySpan<byte> bytes, ref int at, RequestHead head)
    {
        ReadOnlySpan<byte> line = bytes[at..];
        int method = line.IndexOfAnyExcept(Grammar.TokenChars);
        if (method <= 0 || line[method] != Grammar.Space) return MethodFault(line, method);
        head.MethodToken = new Slice(at, method);
        head.Method = Methods.Classify(line[..method]);

        int targetStart = method + 1;
        ReadOnlySpan<byte> target = line[targetStart..];
        int length = target.IndexOfAnyExcept(Grammar.TargetChars);
        if (length <= 0) return TargetFault(target, length);
        head.Target = new Slice(at + targetStart, length);

        ReadOnlySpan<byte> rest = target[length..];
        if (rest.StartsWith(" HTTP/1.1\r\n"u8)) head.IsHttp10 = false;
        else if (rest.StartsWith(" HTTP/1.0\r\n"u8)) head.IsHttp10 = true;
        else return VersionFault(target, length);

        at += targetStart + length + " HTTP/1.1\r\n".Length;
        return RequestTarget.Parse(bytes, head);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RejectReason MethodFault(ReadOnlySpan<byte> line, int stop)
    {
        RejectReason reason = Grammar.FaultAt(line, stop, RejectReason.MethodInvalid);
        if (reason != RejectReason.MethodInvalid) return reason;
        // A lone word ("GET\r\n") is no line at all; anything else that stops the method is a character it may not have.
        return (uint)stop >= (uint)line.Length || line[stop] is Grammar.Cr or Grammar.Tab || stop == 0 && line[0] == Grammar.Space
            ? RejectReason.RequestLineMalformed : RejectReason.MethodInvalid;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RejectReason TargetFault(ReadOnlySpan<byte> target, int stop)
        => Grammar.FaultAt(target, stop, stop < 0 || target[stop] is Grammar.Space or Grammar.Cr or Grammar.Tab
            ? RejectReason.RequestLineMalformed : RejectReason.TargetInvalid);

    /// <summary>What is wrong behind a target of that length.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RejectReason VersionFault(ReadOnlySpan<byte> target, int length)
    {
        if (target[length] != Grammar.Space)
        {
            // The line ends with the target: HTTP/0.9. Else a character that no target has.
            return Grammar.FaultAt(target, length, target[length] == Grammar.Cr ? RejectReason.VersionMissing : RejectReason.TargetInvalid);
        }

        ReadOnlySpan<byte> version = target[(length + 1)..];
        int end = version.IndexOfAny(Grammar.Controls);
        RejectReason reason = Grammar.FaultAt(version, end, RejectReason.None);
        if (reason != RejectReason.None) return reason;
        if (end < 0) return RejectReason.RequestLineMalformed;
        version = version[..end];
        if (version.IsEmpty) return RejectReason.VersionMissing;

        // RFC 9112 2.3: HTTP-name is case-sensitive, one digit on each side. This is also what "PRI * HTTP/2.0" runs into.
        bool wellFormed = version.Length == 8 && version.StartsWith("HTTP/"u8) && char.IsAsciiDigit((char)version[5])
            && version[6] == '.' && char.IsAsciiDigit((char)version[7]);
        return wellFormed ? RejectReason.VersionUnsupported : RejectReason.RequestLineMalformed;
    }
}

namespace Portok.Http1;

/// <summary>
/// The status line: <c>HTTP-version SP status-code SP [ reason-phrase ] CRLF</c> (RFC 9112 4). The SP in front of an
/// empty reason may be missing: real servers leave it out.
/// </summary>
internal static class StatusLine
{
    /// <summary>"HTTP/1.1 " is as long as every version and its SP.</summary>
    public const int StatusOffset = 9;

    public static RejectReason Parse(ReadOnlySpan<byte> bytes, out int fieldsStart, ResponseHead head)
    {
        fieldsStart = 0;
        if (bytes.StartsWith("HTTP/1.1 "u8)) head.IsHttp10 = false;
        else if (bytes.StartsWith("HTTP/1.0 "u8)) head.IsHttp10 = true;
        else return RejectReason.ResponseMalformed;

        ReadOnlySpan<byte> rest = bytes[StatusOffset..];
        int end = rest.IndexOfAny(Grammar.Controls);
        if ((uint)end >= (uint)(rest.Length - 1) || rest[end] != Grammar.Cr || rest[end + 1] != Grammar.Lf)
            return RejectReason.ResponseMalformed;
        if (end < 3 || (end > 3 && rest[3] != Grammar.Space)) return RejectReason.ResponseStatusInvalid;

        int hundreds = rest[0] - '0';
        int tens = rest[1] - '0';
        int ones = rest[2] - '0';
        if (hundreds is < 1 or > 5 || (uint)tens > 9 || (uint)ones > 9) return RejectReason.ResponseStatusInvalid;
        head.Status = (hundreds * 100) + (tens * 10) + ones;
        head.Reason = end > 4 ? new Slice(StatusOffset + 4, end - 4) : new Slice(StatusOffset + end, 0);
        fieldsStart = StatusOffset + end + 2;
        return RejectReason.None;
    }
}

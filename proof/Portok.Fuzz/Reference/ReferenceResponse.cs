namespace Portok.Fuzz.Reference;

/// <summary>A response head as the rules read it.</summary>
internal sealed record ReferenceResponse(int Status, string Reason, bool IsHttp10, List<ReferenceField> Fields, ReferenceFraming Framing, long Length, int HeadLength)
{
    internal bool IsInterim => Status < 200 && Status != 101;

    internal bool IsPortoksOwn => Fields.Exists(f => f.Is("Proxy-Status") && f.Value.StartsWith("portok", StringComparison.Ordinal));

    internal bool SaysClose => ReferenceLines.ListHas(Fields, "Connection", "close");

    internal bool KeepsAlive => Framing != ReferenceFraming.UntilClose && !SaysClose && (!IsHttp10 || ReferenceLines.ListHas(Fields, "Connection", "keep-alive"));

    /// <summary>Reads a head at the beginning of the text.</summary>
    /// <param name="method">The method it answers.</param>
    /// <param name="upgradeAsked">101 is an answer only then.</param>
    internal static ReferenceRequest.Outcome Read(string text, string method, bool upgradeAsked, int maxBytes, int maxFields, out ReferenceResponse? response)
    {
        response = null;
        string[]? lines = ReferenceLines.Cut(text, mayBeginEmpty: true, out int length);
        if (lines is null) return text.Length >= maxBytes ? ReferenceRequest.Outcome.Refused : ReferenceRequest.Outcome.Incomplete;
        if (length > maxBytes || lines.Any(ReferenceLines.HasControl) || text.StartsWith("\r\n", StringComparison.Ordinal)) return ReferenceRequest.Outcome.Refused;

        // 1. The line. A tab in the reason is allowed by RFC 9112 4, but not by us: nobody sends one.
        string line = lines[0];
        bool http10 = line.StartsWith("HTTP/1.0 ", StringComparison.Ordinal);
        if (!http10 && !line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)) return ReferenceRequest.Outcome.Refused;
        string rest = line[9..];
        if (rest.Length < 3 || !rest[..3].All(char.IsAsciiDigit) || rest[0] is < '1' or > '5' || (rest.Length > 3 && rest[3] != ' ')) return ReferenceRequest.Outcome.Refused;
        int status = (100 * (rest[0] - '0')) + (10 * (rest[1] - '0')) + rest[2] - '0';

        // 2. The fields.
        List<ReferenceField>? fields = ReferenceLines.Fields(lines[1..]);
        if (fields is null || fields.Count > maxFields || ReferenceLines.List(fields, "Connection").Count > 64) return ReferenceRequest.Outcome.Refused;
        if (status == 101 && !(upgradeAsked && fields.Exists(f => f.Is("Upgrade")))) return ReferenceRequest.Outcome.Refused;

        // 3. The framing. The same length several times counts as one (RFC 9112 6.3).
        List<ReferenceField> lengths = fields.FindAll(f => f.Is("Content-Length")), codings = fields.FindAll(f => f.Is("Transfer-Encoding"));
        if (codings.Count > 0 && (codings.Count > 1 || lengths.Count > 0 || http10 || !codings[0].Value.Equals("chunked", StringComparison.OrdinalIgnoreCase)))
            return ReferenceRequest.Outcome.Refused;
        List<long?> numbers = [.. lengths.SelectMany(f => f.Value.Split(',')).Select(e => ReferenceLines.Length(e.Trim(' ', '\t'))).Distinct()];
        if (numbers.Count > 1 || (numbers.Count == 1 && numbers[0] is null)) return ReferenceRequest.Outcome.Refused;
        long number = numbers.Count == 1 ? numbers[0]!.Value : -1;
        if (status < 200 && status != 101 && (codings.Count > 0 || number > 0)) return ReferenceRequest.Outcome.Refused;

        ReferenceFraming framing = status < 200 || status is 204 or 304 || method == "HEAD" ? ReferenceFraming.None
            : codings.Count > 0 ? ReferenceFraming.Chunked
            : number >= 0 ? ReferenceFraming.Length : ReferenceFraming.UntilClose;
        response = new ReferenceResponse(status, rest.Length > 4 ? rest[4..] : "", http10, fields, framing, number, length);
        return ReferenceRequest.Outcome.Valid;
    }
}

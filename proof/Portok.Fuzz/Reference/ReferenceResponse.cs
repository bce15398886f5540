using System.Text.RegularExpressions;

namespace Portok.Fuzz.Reference;

/// <summary>A response head by the letter of the wire rules; null from <see cref="Parse"/> when a rule is broken.</summary>
internal sealed partial record ReferenceResponse(int Status, string Reason, bool IsHttp10, IReadOnlyList<ReferenceField> Fields)
{
    public const int MaxFields = 512;
    private const int MaxConnectionOptions = 64;

    public ReferenceFraming Framing { get; private init; }

    /// <summary>What Content-Length says, −1 when it is not there.</summary>
    public long ContentLength { get; private init; } = -1;

    public bool IsInterim => Status < 200 && Status != 101;

    /// <param name="method">The method it answers.</param>
    /// <param name="upgradeAsked">Whether a 101 is an answer.</param>
    public static ReferenceResponse? Parse(ReadOnlySpan<byte> head, string method, bool upgradeAsked)
    {
        // Only a request may have an empty line in front.
        if (head.StartsWith("\r\n"u8)) return null;
        string[] lines = ReferenceHead.Lines(head);
        Match line = Line().Match(lines[0]);
        if (!line.Success || ReferenceHead.Fields(lines.Skip(1)) is not { } fields || fields.Count > MaxFields) return null;
        if (fields.Values("Connection").Elements().Count > MaxConnectionOptions) return null;
        var response = new ReferenceResponse(int.Parse(line.Groups["status"].ValueSpan, null), line.Groups["reason"].Value, line.Groups["minor"].Value == "0", fields);
        return response.Status == 101 && !upgradeAsked ? null : response.WithFraming(method);
    }

    private ReferenceResponse? WithFraming(string method)
    {
        IReadOnlyList<string> codings = Fields.Values("Transfer-Encoding"), lengths = Fields.Values("Content-Length");
        bool coded = codings.Count > 0;
        if (coded && (codings.Count > 1 || lengths.Count > 0 || IsHttp10 || !codings[0].Equals("chunked", StringComparison.OrdinalIgnoreCase))) return null;

        long length = -1;
        foreach (string element in lengths.SelectMany(v => v.Split(',')).Select(v => v.Trim(' ', '\t')))
        {
            long one = ReferenceHead.Length(element);
            if (one < 0 || (length >= 0 && length != one)) return null;
            length = one;
        }

        if (IsInterim && (coded || length > 0)) return null;
        ReferenceFraming framing = Status < 200 || method == "HEAD" || Status is 204 or 304 ? ReferenceFraming.None
            : coded ? ReferenceFraming.Chunked
            : length >= 0 ? ReferenceFraming.Length : ReferenceFraming.UntilClose;
        return this with { Framing = framing, ContentLength = length };
    }

    [GeneratedRegex(@"\AHTTP/1\.(?<minor>[01]) (?<status>[1-5][0-9][0-9])(?: (?<reason>[\t -~\x80-\xff]*))?\z")]
    private static partial Regex Line();
}

namespace Portok.Fuzz.Reference;

/// <summary>
/// Lines and fields of a head, read slowly from strings and straight from RFC 9112 2 and 5: written to be obviously right, and
/// to share nothing with the parsers it judges.
/// </summary>
internal static class ReferenceLines
{
    private const string TokenMarks = "!#$%&'*+-.^_`|~";

    /// <summary>Cuts the head into lines (RFC 9112 2.1, 2.2).</summary>
    /// <param name="text">One character a byte, from the message's first.</param>
    /// <param name="mayBeginEmpty">One empty line in front is skipped (requests).</param>
    /// <param name="length">Bytes of the head, the empty line included.</param>
    /// <returns>The lines without their ends and without the empty one, or null when the head is not whole.</returns>
    internal static string[]? Cut(string text, bool mayBeginEmpty, out int length)
    {
        int start = mayBeginEmpty && text.StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 0;
        if (text.AsSpan(start).StartsWith("\r\n"))
        {
            length = start + 2;
            return [""];
        }

        int end = text.IndexOf("\r\n\r\n", start, StringComparison.Ordinal);
        length = end + 4;
        return end < 0 ? null : text[start..end].Split("\r\n");
    }

    internal static bool HasControl(string line) => line.Any(c => (c < 0x20 && c != '\t') || c == 0x7F);

    internal static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || TokenMarks.Contains(c, StringComparison.Ordinal));

    /// <summary>Reads field lines; null when one of them is not of the form <c>token ":" OWS value OWS</c>.</summary>
    internal static List<ReferenceField>? Fields(IEnumerable<string> lines)
    {
        var fields = new List<ReferenceField>();
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || HasControl(line) || !IsToken(line[..colon])) return null;
            fields.Add(new ReferenceField(line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        }

        return fields;
    }

    /// <summary>The elements of all fields of a name together, empty ones left out (RFC 9110 5.6.1).</summary>
    internal static List<string> List(IEnumerable<ReferenceField> fields, string name)
        => [.. fields.Where(f => f.Is(name)).SelectMany(f => f.Value.Split(',')).Select(e => e.Trim(' ', '\t')).Where(e => e.Length > 0)];

    internal static bool ListHas(IEnumerable<ReferenceField> fields, string name, string element)
        => List(fields, name).Any(e => string.Equals(e, element, StringComparison.OrdinalIgnoreCase));

    /// <summary>A length as RFC 9110 8.6 writes it, or null.</summary>
    internal static long? Length(string text)
    {
        if (text.Length == 0 || !text.All(char.IsAsciiDigit)) return null;
        var number = System.Numerics.BigInteger.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        return number <= long.MaxValue ? (long)number : null;
    }
}

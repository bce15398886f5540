using System.Text;
using System.Text.RegularExpressions;

namespace Portok.Fuzz.Reference;

/// <summary>One field line, as text.</summary>
internal readonly record struct ReferenceField(string Name, string Value)
{
    public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// The lines of a head, read slowly and plainly out of the RFC's grammar with strings: what the fast parser is judged by.
/// Latin-1 throughout, so that a character is a byte.
/// </summary>
internal static partial class ReferenceHead
{
    /// <summary>Where the head ends: behind its empty line. −1 when it does not end, or breaks a rule of lines before.</summary>
    public static int FindEnd(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.Latin1.GetString(bytes);
        int from = text.StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 0;
        int end = text.IndexOf("\r\n\r\n", from, StringComparison.Ordinal);
        if (end < 0) return -1;
        string head = text[..(end + 4)];
        if (head.Length == from || (!IsToken(head[from..(from + 1)]) && from == 0)) return -1;
        return Controls().IsMatch(head.Replace("\r\n", "", StringComparison.Ordinal)) ? -1 : end + 4;
    }

    /// <summary>The lines of a whole head, without the empty one at its end.</summary>
    public static string[] Lines(ReadOnlySpan<byte> head)
    {
        string text = Encoding.Latin1.GetString(head);
        if (text.StartsWith("\r\n", StringComparison.Ordinal)) text = text[2..];
        return text[..^4].Split("\r\n");
    }

    /// <summary>The field lines; null when one of them is none.</summary>
    public static List<ReferenceField>? Fields(IEnumerable<string> lines)
    {
        var fields = new List<ReferenceField>();
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !IsToken(line[..colon])) return null;
            fields.Add(new ReferenceField(line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        }

        return fields;
    }

    /// <summary>The values of all fields of that name, in order.</summary>
    public static IReadOnlyList<string> Values(this IEnumerable<ReferenceField> fields, string name)
        => [.. fields.Where(f => f.Is(name)).Select(f => f.Value)];

    /// <summary>The non-empty elements of comma-separated lists.</summary>
    public static IReadOnlyList<string> Elements(this IEnumerable<string> values)
        => [.. values.SelectMany(v => v.Split(',')).Select(v => v.Trim(' ', '\t')).Where(v => v.Length > 0)];

    public static bool IsToken(string text) => Token().IsMatch(text);

    /// <summary>Digits only, up to 2^63 − 1; −1 otherwise.</summary>
    public static long Length(string digits)
        => digits.Length > 0 && digits.All(char.IsAsciiDigit)
            && System.Numerics.BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) is var number && number <= long.MaxValue
            ? (long)number : -1;

    [GeneratedRegex(@"[\x00-\x08\x0a-\x1f\x7f]")]
    private static partial Regex Controls();

    [GeneratedRegex(@"\A[!#$%&'*+\-.^_`|~0-9A-Za-z]+\z")]
    private static partial Regex Token();
}

using System.Globalization;
using System.Text;

namespace Portok.Settings;

/// <summary>Makes text from outside fit for one line of a log or a terminal. Pure.</summary>
public static class LogSafe
{
    private const int ShortLength = 80;

    /// <summary>The text with everything escaped that could end a line, move a cursor or turn the direction of writing.</summary>
    public static string Escape(string text)
    {
        int first = 0;
        while (first < text.Length && !IsUnsafe(text[first]))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        StringBuilder escaped = new(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                escaped.Append(c).Append(text[++i]);
                continue;
            }

            _ = c switch
            {
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                _ when IsUnsafe(c) => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary>Escaped, and cut to what a message about it needs.</summary>
    public static string Shorten(string text) => Escape(text.Length <= ShortLength ? text : string.Concat(text.AsSpan(0, ShortLength), "…"));

    private static bool IsUnsafe(char c)
        => char.IsControl(c) || char.IsSurrogate(c)
            || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f' or '\ufeff';
}

using System.Globalization;
using System.Text;

namespace Portok.Deployment.Probing;

/// <summary>Bytes of an app made safe to show in a terminal, a log line and JSON.</summary>
internal static class PrintableText
{
    public const int MaxChars = 256;

    /// <summary>UTF-8 has at most four bytes a character: more is never needed.</summary>
    public const int MaxBytes = MaxChars * 4;

    /// <summary>The beginning as one line of at most 256 characters: white space as single spaces, what cannot be printed as "?"; null for nothing.</summary>
    public static string? Start(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(MaxChars);
        var spacePending = false;
        while (!bytes.IsEmpty && text.Length < MaxChars)
        {
            Rune.DecodeFromUtf8(bytes, out var rune, out var used);
            bytes = bytes[used..];
            if (Rune.IsWhiteSpace(rune))
            {
                spacePending = text.Length > 0;
                continue;
            }

            var shown = IsPrintable(rune) ? rune.ToString() : "?";
            if (text.Length + shown.Length + (spacePending ? 1 : 0) > MaxChars)
                break;
            if (spacePending)
                text.Append(' ');
            spacePending = false;
            text.Append(shown);
        }

        return text.Length == 0 ? null : text.ToString();
    }

    /// <summary>The same for a caller's words, for log lines.</summary>
    public static string Of(string text) => Start(Encoding.UTF8.GetBytes(text)) ?? string.Empty;

    private static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}

using System.Globalization;
using System.Text;

namespace Portok.Admin.Endpoints;

/// <summary>Text that is safe on a terminal and in a log line: no controls, no invisible or direction-changing characters.</summary>
internal static class PrintableText
{
    private const int ClipLength = 40;

    public static bool IsPrintable(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!IsPrintable(rune))
                return false;
        }

        return true;
    }

    public static bool IsPrintableAscii(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>A client's text for a message to that client: what is not printable as "?", long text cut.</summary>
    public static string Clip(string text)
    {
        var clipped = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (clipped.Length >= ClipLength)
                return clipped.Append("...").ToString();
            clipped.Append(IsPrintable(rune) ? rune.ToString() : "?");
        }

        return clipped.ToString();
    }

    private static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned);
}

namespace Portok.Cli.CommandLine;

/// <summary>Text from outside, made fit for a terminal.</summary>
internal static class Printable
{
    /// <summary>The text with every control character as '?', so that nothing shown can move the cursor or colour the screen; cut at 200 characters.</summary>
    public static string Of(string text)
    {
        const int most = 200;
        return Line(text.Length > most ? string.Concat(text.AsSpan(0, most), "…") : text);
    }

    /// <summary>The same, but whole.</summary>
    public static string Line(string shown) => shown.Any(char.IsControl) ? string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c)) : shown;
}

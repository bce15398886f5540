namespace Portok.Settings.Manual;

/// <summary>Breaks help texts into lines of a given width. Pure.</summary>
public static class WordWrap
{
    /// <summary>The lines of a text, broken between words only; a word that is too long has a line of its own.</summary>
    /// <param name="lead">Stands before the first line; spaces of its length stand before the others.</param>
    /// <param name="text">Words with a space between them.</param>
    /// <param name="width">Columns of a line, the lead included.</param>
    public static IEnumerable<string> Lines(string lead, string text, int width)
    {
        string line = lead;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > lead.Length && line.Length + word.Length > width)
            {
                yield return line.TrimEnd();
                line = new string(' ', lead.Length);
            }

            line += word + " ";
        }

        yield return line.TrimEnd();
    }
}

using System.Globalization;
using System.Text;

namespace Portok.Settings.Manual;

/// <summary>A manual page in the macros of man(7), written from top to bottom. What it is given is text: nothing of it can be a macro.</summary>
public sealed class RoffPage
{
    private readonly StringBuilder _text = new();
    private bool _continues;

    /// <param name="name">The page's name, such as portok.env.</param>
    /// <param name="section">The manual's section, 1 to 8.</param>
    /// <param name="version">The product's version, for the footer.</param>
    /// <param name="purpose">What it is, in a line; whatis(1) finds the page by it.</param>
    public RoffPage(string name, int section, string version, string purpose)
    {
        // No date: the same source makes the same page whenever it is built.
        Macro($".TH {Word(name.ToUpperInvariant())} {section.ToString(CultureInfo.InvariantCulture)} \"\" {Word("portok " + version)} \"Portok\"");
        // Left-aligned and without hyphenation, as names of variables and options want it.
        Macro(".nh");
        Macro(".ad l");
        Section("NAME");
        _text.Append(Escape(name)).Append(" \\- ").Append(Escape(purpose)).Append('\n');
    }

    /// <summary>Begins a section.</summary>
    public RoffPage Section(string title)
    {
        Macro($".SH {Word(title)}");
        _continues = false;
        return this;
    }

    /// <summary>Begins a subsection.</summary>
    public RoffPage Subsection(string title)
    {
        Macro($".SS {Word(title)}");
        _continues = false;
        return this;
    }

    /// <summary>A paragraph.</summary>
    public RoffPage Paragraph(string text)
    {
        if (_continues)
        {
            Macro(".PP");
        }

        Line(text);
        _continues = true;
        return this;
    }

    /// <summary>A term in bold with what there is to say about it, each text a paragraph.</summary>
    public RoffPage Item(string term, params IEnumerable<string> texts)
    {
        Macro(".TP");
        _text.Append("\\fB").Append(Escape(term)).Append("\\fR\n");
        bool first = true;
        foreach (string text in texts.Where(t => t.Length > 0))
        {
            if (!first)
            {
                Macro(".br");
            }

            Line(text);
            first = false;
        }

        if (first)
        {
            // A term alone would take the next macro for its text.
            Macro("\\&");
        }

        _continues = true;
        return this;
    }

    /// <summary>Lines as they are, such as commands to type.</summary>
    public RoffPage Example(params IEnumerable<string> lines)
    {
        Macro(".PP");
        Macro(".nf");
        Macro(".RS 4");
        foreach (string line in lines)
        {
            Line(line);
        }

        Macro(".RE");
        Macro(".fi");
        _continues = true;
        return this;
    }

    /// <summary>Other pages, such as portokd(8).</summary>
    public RoffPage SeeAlso(params IReadOnlyList<(string Name, int Section)> pages)
    {
        Section("SEE ALSO");
        for (int i = 0; i < pages.Count; i++)
        {
            Macro($".BR {Escape(pages[i].Name)} ({pages[i].Section.ToString(CultureInfo.InvariantCulture)}){(i + 1 < pages.Count ? "," : "")}");
        }

        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Macro(string line) => _text.Append(line).Append('\n');

    // A line that begins with a dot or an apostrophe would be a macro.
    private void Line(string text)
        => _text.Append(text.Length > 0 && text[0] is '.' or '\'' ? "\\&" : "").Append(Escape(text.ReplaceLineEndings(" "))).Append('\n');

    private static string Word(string text) => $"\"{Escape(text).Replace("\"", "\\(dq", StringComparison.Ordinal)}\"";

    // A bare hyphen may be typeset as another character, which nobody could copy into a shell.
    private static string Escape(string text) => text
        .Replace("\\", "\\e", StringComparison.Ordinal)
        .Replace("-", "\\-", StringComparison.Ordinal)
        .Replace("'", "\\(aq", StringComparison.Ordinal)
        .Replace("`", "\\(ga", StringComparison.Ordinal)
        .Replace("^", "\\(ha", StringComparison.Ordinal)
        .Replace("~", "\\(ti", StringComparison.Ordinal);
}

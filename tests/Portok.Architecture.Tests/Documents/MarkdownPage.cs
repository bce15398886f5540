using System.Text.RegularExpressions;
using Portok.Architecture.Tests.Sources;

namespace Portok.Architecture.Tests.Documents;

/// <summary>What a rule wants to know of a Markdown page: its links and its headings, code blocks left out.</summary>
internal sealed partial class MarkdownPage
{
    public MarkdownPage(SourceFile file)
    {
        bool code = false;
        for (int i = 0; i < file.Lines.Length; i++)
        {
            string line = file.Lines[i];
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                code = !code;
            }
            else if (!code)
            {
                Read(line, i + 1);
            }
        }
    }

    public List<(int Line, string Target)> Links { get; } = [];

    /// <summary>The anchors of the headings, as GitHub makes them.</summary>
    public List<string> Anchors { get; } = [];

    private void Read(string line, int number)
    {
        if (Heading().Match(line) is { Success: true } heading)
        {
            string slug = Slug(heading.Groups["text"].Value);
            int earlier = Anchors.Count(anchor => string.Equals(anchor, slug, StringComparison.Ordinal));
            Anchors.Add(earlier == 0 ? slug : $"{slug}-{earlier}");
        }

        string withoutCode = InlineCode().Replace(line, "``");
        foreach (Match link in Link().Matches(withoutCode))
        {
            Links.Add((number, link.Groups["target"].Value));
        }
    }

    private static string Slug(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant()
            .Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')
            .Select(c => c == ' ' ? '-' : c));

    [GeneratedRegex(@"^#{1,6}\s+(?<text>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("`[^`]*`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InlineCode();

    /// <summary>[text](target), ![text](target "title"), [text]: target, and HTML's src, srcset and href.</summary>
    [GeneratedRegex(
        """\]\((?<target>[^)\s]+)(?:\s+"[^"]*")?\)|^\[[^\]]+\]:\s*(?<target>\S+)|\b(?:src|srcset|href)="(?<target>[^"]+)["]""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}

using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portok.Architecture.Tests.Sources;

namespace Portok.Architecture.Tests.Documents;

/// <summary>
/// A table whose last column is headed "shown by" names a test in each row, as a link to its file:
/// <c>[`TestClass.Method`](path)</c>, several parted by " · ". The test has to be there. A row without one has to say
/// "**Not kept" and why.
/// </summary>
internal static partial class TestTableRule
{
    private const string Header = "shown by";
    private const string NotKept = "**Not kept";
    private const int ShortestReason = 30;

    /// <summary>The rows of such tables in a page, by line number.</summary>
    public static IEnumerable<(int Line, string[] Cells)> Rows(SourceFile page)
    {
        bool inside = false;
        for (int i = 0; i < page.Lines.Length; i++)
        {
            string line = page.Lines[i].Trim();
            if (!line.StartsWith('|'))
            {
                inside = false;
                continue;
            }

            string[] cells = [.. Bar().Split(line.Trim('|')).Select(cell => cell.Trim())];
            if (cells[^1] is Header) inside = true;
            else if (inside && !cells.All(cell => cell.Length > 0 && cell.All(c => c is '-' or ':'))) yield return (i + 1, cells);
        }
    }

    public static bool IsNotKept(string[] cells) => cells.Any(cell => cell.Contains(NotKept, StringComparison.Ordinal));

    public static IEnumerable<string> Check(IReadOnlyList<SourceFile> files)
    {
        var byPath = files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        foreach (SourceFile page in files.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal)))
        {
            foreach ((int line, string[] cells) in Rows(page))
                foreach (string fault in CheckRow(page.Path, cells, byPath))
                    yield return $"{page.Path}:{line}: {fault}";
        }
    }

    private static IEnumerable<string> CheckRow(string page, string[] cells, Dictionary<string, SourceFile> files)
    {
        string shown = cells[^1];
        MatchCollection links = TestLink().Matches(shown);
        if (TestLink().Replace(shown, "").Trim(' ', '·').Length > 0) yield return $"'{shown}' is more than links to tests";
        if (IsNotKept(cells))
        {
            string reason = cells.First(cell => cell.Contains(NotKept, StringComparison.Ordinal)).Split(NotKept, 2)[1];
            if (reason.Length < ShortestReason) yield return $"'{cells[0]}' does not say why it is not kept";
        }
        else if (links.Count == 0)
        {
            yield return $"'{cells[0]}' names no test";
        }

        foreach (Match link in links)
        {
            string path = Path.GetRelativePath("/", Path.GetFullPath(link.Groups["path"].Value, Path.Combine("/", Path.GetDirectoryName(page) ?? "")));
            (string type, string method) = (link.Groups["type"].Value, link.Groups["method"].Value);
            if (!files.TryGetValue(path, out SourceFile? file)) yield return $"{path} is not there";
            else if (!HasTest(file, type, method)) yield return $"{path} has no test {type}.{method}";
        }
    }

    private static bool HasTest(SourceFile file, string type, string method) => file.Syntax.DescendantNodes().OfType<ClassDeclarationSyntax>()
        .Where(declared => string.Equals(declared.Identifier.Text, type, StringComparison.Ordinal))
        .SelectMany(declared => declared.Members.OfType<MethodDeclarationSyntax>())
        .Any(declared => string.Equals(declared.Identifier.Text, method, StringComparison.Ordinal)
            && declared.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "Fact" or "Theory"));

    [GeneratedRegex(@"\[`(?<type>\w+)\.(?<method>\w+)`\]\((?<path>[^)#\s]+\.cs)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestLink();

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bar();
}

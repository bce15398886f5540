using Portok.Architecture.Tests.Sources;

namespace Portok.Architecture.Tests.Documents;

/// <summary>Every link of a page leads to a file of the repository, and its anchor to a heading. The network is not asked.</summary>
internal static class LinkRule
{
    public static IEnumerable<string> Check(IReadOnlyList<SourceFile> files)
    {
        var paths = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var pages = files.Where(IsPage).ToDictionary(file => file.Path, file => new MarkdownPage(file), StringComparer.Ordinal);
        foreach ((string path, MarkdownPage page) in pages)
        {
            foreach ((int line, string target) in page.Links)
            {
                if (target.StartsWith("https://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
                {
                    continue;
                }

                string[] parts = target.Split('#', 2);
                string file = parts[0].Length == 0 ? path : Resolve(path, parts[0]);
                if (!paths.Contains(file) && !paths.Any(other => other.StartsWith(file.TrimEnd('/') + "/", StringComparison.Ordinal)))
                {
                    yield return $"{path}:{line}: {target} leads nowhere";
                }
                else if (parts.Length == 2 && pages.TryGetValue(file, out MarkdownPage? other)
                    && !other.Anchors.Contains(parts[1], StringComparer.Ordinal))
                {
                    yield return $"{path}:{line}: {target} names no heading of {file}";
                }
            }
        }
    }

    private static bool IsPage(SourceFile file) => file.Path.EndsWith(".md", StringComparison.Ordinal);

    private static string Resolve(string page, string target) =>
        Path.GetRelativePath("/", Path.GetFullPath(target, Path.Combine("/", Path.GetDirectoryName(page) ?? "")));
}

using System.Globalization;
using System.Text;
using Portok.Compare.Charts;
using Portok.Compare.CommandLine;
using Portok.Compare.Scenarios;

namespace Portok.Compare.Results;

/// <summary>The report of a folder: report.md with its pictures, made from the scenarios' files.</summary>
internal static class MarkdownReport
{
    /// <summary>Writes it; returns its path.</summary>
    public static string Write(ResultStore store)
    {
        IReadOnlyList<ScenarioResult> results = InOrder(store.Load());
        Directory.CreateDirectory(store.Folder);
        var pictures = new List<(string Shows, string File)>();
        foreach ((string file, string shows, string svg) in ResultCharts.Of(results))
        {
            File.WriteAllText(Path.Combine(store.Folder, file), svg);
            pictures.Add((shows, file));
        }

        pictures.AddRange(Directory.EnumerateFiles(store.Folder, ProfileCommand.Pattern).Order(StringComparer.Ordinal)
            .Select(flame => ($"Flame graph: {Path.GetFileNameWithoutExtension(flame)}", Path.GetFileName(flame))));
        string page = Path.Combine(store.Folder, "report.md");
        File.WriteAllText(page, Text(results, pictures));
        return page;
    }

    internal static string Text(IReadOnlyList<ScenarioResult> results, IReadOnlyList<(string Shows, string File)> pictures)
    {
        var page = new StringBuilder("# Side by side\n\n");
        page.Append("What Portok holds itself to beside what was measured, on one machine with everything on it. How it is measured and what distorts it: [docs/benchmarks.md](../../docs/benchmarks.md).\n\n");
        foreach (string machine in results.Select(Machine).Distinct(StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"- Machine: {machine}\n");
        }

        foreach (PeerFacts peer in results.SelectMany(result => result.Peers).Distinct())
        {
            page.Append(CultureInfo.InvariantCulture, $"- {peer.Name}: {peer.Version}; {peer.Configuration}\n");
        }

        long errors = results.Sum(result => result.Errors);
        page.Append(CultureInfo.InvariantCulture, $"- Failed requests in all runs: {errors:#,0}\n\n## Targets beside figures\n\n");
        Table(page, TargetTable.Headings, TargetTable.Rows(results));
        foreach ((string shows, string file) in pictures)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n![{shows}]({file})\n");
        }

        foreach (ScenarioResult result in results)
        {
            var table = ScenarioTable.Of(result);
            page.Append(CultureInfo.InvariantCulture, $"\n## {result.Title}\n\n{ScenarioTable.Caption(result)} Load: {result.Load}. App: {result.Origin}.\n\n");
            Table(page, table.Headings, table.Rows);
            foreach (string note in result.Notes)
            {
                page.Append(CultureInfo.InvariantCulture, $"\n{note}\n");
            }
        }

        return page.ToString();
    }

    /// <summary>As the catalogue has them; what it no longer knows comes last.</summary>
    private static IReadOnlyList<ScenarioResult> InOrder(IReadOnlyList<ScenarioResult> results)
    {
        string[] names = [.. ScenarioCatalogue.All.Select(scenario => scenario.Name)];
        return [.. results.OrderBy(result => Array.IndexOf(names, result.Name) is var at && at < 0 ? int.MaxValue : at)];
    }

    private static string Machine(ScenarioResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{result.Machine.Processor}, {result.Machine.Cores} cores, {result.Machine.MemoryMiB:#,0} MiB, {result.Machine.System}, Linux {result.Machine.Kernel}, {result.Machine.Runtime}");

    private static void Table(StringBuilder page, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", headings)} |\n|{string.Concat(headings.Select((_, i) => i == 0 ? "---|" : "---:|"))}\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        }
    }
}

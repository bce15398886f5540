using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Portok.Compare.Scenarios;

namespace Portok.Compare.Results;

/// <summary>The result as files: JSON with every round, Markdown to read.</summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string ToJson(Report report) => JsonSerializer.Serialize(report, Json);

    /// <summary>Writes both files into the folder; returns the path of the Markdown one.</summary>
    public static string Write(Report report, string folder)
    {
        Directory.CreateDirectory(folder);
        string name = report.At.UtcDateTime.ToString("yyyy-MM-dd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        File.WriteAllText(Path.Combine(folder, name + ".json"), ToJson(report) + "\n");
        string page = Path.Combine(folder, name + ".md");
        File.WriteAllText(page, ToMarkdown(report));
        return page;
    }

    public static string ToMarkdown(Report report)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# Side by side, {report.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC\n\n");
        page.Append(CultureInfo.InvariantCulture, $"- Machine: {report.Machine.Processor}, {report.Machine.Cores} cores, {report.Machine.MemoryMiB:#,0} MiB, {report.Machine.Architecture}\n");
        page.Append(CultureInfo.InvariantCulture, $"- System: {report.Machine.System}, Linux {report.Machine.Kernel}, {report.Machine.Runtime}; load average before: {report.Machine.LoadAverage}\n");
        page.Append(CultureInfo.InvariantCulture, $"- Origin: {report.Origin}\n- Load: {report.LoadGenerator}, on the same machine\n");
        page.Append(CultureInfo.InvariantCulture, $"- {report.Rounds} interleaved rounds of {report.SecondsPerRound:0.#} s; medians; ratios are medians of per-round ratios (min–max); under 10 % is noise\n");
        foreach (PeerFacts peer in report.Peers)
        {
            page.Append(CultureInfo.InvariantCulture, $"- {peer.Name}: {peer.Version}; {peer.Configuration}\n");
        }

        string[] headings = TableLayout.Headings(report.Subject);
        foreach (var scenario in report.Summaries.GroupBy(s => s.Scenario, StringComparer.Ordinal))
        {
            string title = ScenarioCatalogue.All.First(s => string.Equals(s.Name, scenario.Key, StringComparison.Ordinal)).Title;
            page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| {string.Join(" | ", headings)} |\n");
            page.Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(Enumerable.Repeat("---:|", headings.Length - 1))}\n");
            foreach (PeerSummary summary in scenario)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", TableLayout.Row(summary))} |\n");
            }
        }

        return page.ToString();
    }
}

using Portok.Compare.Scenarios;
using Spectre.Console;

namespace Portok.Compare.Results;

/// <summary>The result for people at a terminal.</summary>
internal static class TerminalReport
{
    public static void Write(Report report, IAnsiConsole console)
    {
        foreach (var scenario in report.Summaries.GroupBy(s => s.Scenario, StringComparer.Ordinal))
        {
            string title = ScenarioCatalogue.All.First(s => string.Equals(s.Name, scenario.Key, StringComparison.Ordinal)).Title;
            Table table = new Table().Title(Markup.Escape(title)).Border(TableBorder.Rounded);
            foreach (string heading in TableLayout.Headings(report.Subject))
            {
                table.AddColumn(new TableColumn(Markup.Escape(heading)) { NoWrap = true, Alignment = heading is "peer" ? Justify.Left : Justify.Right });
            }

            foreach (PeerSummary summary in scenario)
            {
                table.AddRow([.. TableLayout.Row(summary).Select(Markup.Escape)]);
            }

            console.Write(table);
        }

        console.MarkupLineInterpolated(
            $"Medians of {report.Rounds} interleaved rounds of {report.SecondsPerRound:0.#} s; ratios are medians of per-round ratios (min–max), under 10 % is noise.");
    }
}

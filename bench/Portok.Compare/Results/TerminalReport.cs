using Spectre.Console;

namespace Portok.Compare.Results;

/// <summary>The result for people at a terminal.</summary>
internal static class TerminalReport
{
    public static void Write(ScenarioResult result, IAnsiConsole console)
    {
        var table = ScenarioTable.Of(result);
        console.Write(Grid(result.Title, table.Headings, table.Rows));
        console.MarkupLineInterpolated($"{ScenarioTable.Caption(result)}");
        foreach (string note in result.Notes)
        {
            console.MarkupLineInterpolated($"[yellow]{note}[/]");
        }
    }

    public static void WriteTargets(IReadOnlyList<ScenarioResult> results, IAnsiConsole console)
    {
        IReadOnlyList<string[]> rows = TargetTable.Rows(results);
        if (rows.Count > 0)
        {
            console.Write(Grid("Targets beside figures", TargetTable.Headings, rows));
        }
    }

    private static Table Grid(string title, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        Table table = new Table().Title(Markup.Escape(title)).Border(TableBorder.Rounded);
        foreach ((int index, string heading) in headings.Index())
        {
            table.AddColumn(new TableColumn(Markup.Escape(heading)) { Alignment = index == 0 ? Justify.Left : Justify.Right });
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            table.AddRow([.. row.Select(cell => Coloured(Markup.Escape(cell)))]);
        }

        return table;
    }

    private static string Coloured(string cell) =>
        cell.EndsWith('✓') ? $"[green]{cell}[/]" : cell.EndsWith('✗') ? $"[red]{cell}[/]" : cell;
}

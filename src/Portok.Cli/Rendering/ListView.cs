using System.Globalization;
using Portok.Cli.CommandLine;
using Portok.Cli.Commands;
using Portok.Cli.Instances;
using Spectre.Console;

namespace Portok.Cli.Rendering;

/// <summary>All instances as a table, with what is wrong under it.</summary>
internal static class ListView
{
    private const string Unknown = "[grey]–[/]";
    private const string Target = "Target";
    private const string Switched = "Switched";
    private const string Rate = "Req/s";
    private const int Gap = 2;

    public static void Write(Screen screen, ListDocument list, Folders folders, TimeProvider time)
    {
        if (list.Instances.Count == 0)
        {
            screen.Line($"No instance yet in {Markup.Escape(folders.Config)}. The first one: portok add NAME");
            return;
        }

        string[] titles = ["Name", "Port", Target, "Active", "Unit", "Health", Switched, Rate];
        string[][] rows = [[.. titles.Select(title => $"[grey]{title}[/]")], .. list.Instances.Select(row => Cells(row, time))];
        IReadOnlyList<int> shown = Fitting(titles, rows, screen.Columns);
        Grid grid = new();
        foreach (int i in shown)
        {
            GridColumn column = new GridColumn().NoWrap().PadLeft(0).PadRight(i == shown[^1] ? 0 : Gap);
            grid.AddColumn(titles[i] is "Port" or Target or "Active" or Rate ? column.RightAligned() : column);
        }

        foreach (string[] row in rows)
        {
            grid.AddRow([.. shown.Select(i => new Markup(row[i]))]);
        }

        screen.WriteWhole(grid);
        foreach (ListRow faulty in list.Instances.Where(r => r.Faults.Count > 0))
        {
            screen.Line();
            screen.Line($"[red]✗[/] {Markup.Escape(folders.EnvFile(faulty.Name))} is at fault (portok edit {Markup.Escape(faulty.Name)}):");
            foreach (string fault in faulty.Faults)
            {
                screen.Write(new Padder(new Markup(Markup.Escape(Printable.Of(fault))), new Padding(4, 0, 0, 0)));
            }
        }
    }

    /// <summary>The columns that the window has room for. What another command tells as well makes way first.</summary>
    private static List<int> Fitting(string[] titles, string[][] rows, int? room)
    {
        int[] widths = [.. titles.Select((_, i) => rows.Max(row => Markup.Remove(row[i]).Length))];
        List<int> shown = [.. Enumerable.Range(0, titles.Length)];
        foreach (string title in (string[])[Target, Rate, Switched])
        {
            if (shown.Sum(i => widths[i] + Gap) - Gap > room)
            {
                shown.Remove(Array.IndexOf(titles, title));
            }
        }

        return shown;
    }

    private static string[] Cells(ListRow row, TimeProvider time) =>
    [
        $"[bold]{Markup.Escape(row.Name)}[/]",
        Number(row.ListenPort),
        Number(row.TargetPort),
        row.ActivePort is { } active ? $"[green]{active}[/]" : Unknown,
        Unit(row),
        Health(row),
        row.LastSwitch is { } last ? Wording.Ago(time.GetUtcNow() - last.At) : row.ActivePort is null ? Unknown : "none yet",
        row.RequestsPerSecond is { } rate ? rate.ToString("N1", CultureInfo.InvariantCulture) : Unknown,
    ];

    private static string Number(int? port) => port is { } known ? $"{known}" : "[red]?[/]";

    private static string Unit(ListRow row)
    {
        string state = row.Unit switch
        {
            null => Unknown,
            "active" => "[green]active[/]",
            "failed" => "[red]failed[/]",
            "not-found" => "[yellow]not installed[/]",
            var other => $"[yellow]{Markup.Escape(other)}[/]",
        };
        return row is { Enabled: true } ? state + "[grey], enabled[/]" : state;
    }

    private static string Health(ListRow row) => row switch
    {
        { Problem: { } problem } => row.Unit is "active" ? $"[red]{Markup.Escape(problem)}[/]" : $"[grey]{Markup.Escape(problem)}[/]",
        { Healthy: true } => "[green]healthy[/]",
        { Healthy: false } => "[red]unhealthy[/]",
        _ => "[grey]not probed[/]",
    };
}

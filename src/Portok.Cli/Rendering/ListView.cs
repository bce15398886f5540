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

    public static void Write(Screen screen, ListDocument list, Folders folders, TimeProvider time)
    {
        if (list.Instances.Count == 0)
        {
            screen.Line($"No instance yet in {Markup.Escape(folders.Config)}. The first one: portok add NAME");
            return;
        }

        Grid grid = new();
        string[] titles = ["Name", "Port", "Target", "Active", "Unit", "Health", "Last switch", "Req/s"];
        for (int i = 0; i < titles.Length; i++)
        {
            GridColumn column = new GridColumn().NoWrap().PadLeft(0).PadRight(i == titles.Length - 1 ? 0 : 2);
            grid.AddColumn(i is 1 or 2 or 3 or 7 ? column.RightAligned() : column);
        }

        grid.AddRow([.. titles.Select(title => new Markup($"[grey]{title}[/]"))]);
        foreach (ListRow row in list.Instances)
        {
            grid.AddRow(
                new Markup($"[bold]{Markup.Escape(row.Name)}[/]"),
                new Markup(Number(row.ListenPort)),
                new Markup(Number(row.TargetPort)),
                new Markup(row.ActivePort is { } active ? $"[green]{active}[/]" : Unknown),
                new Markup(Unit(row)),
                new Markup(Health(row)),
                new Markup(row.LastSwitch is { } last ? Wording.Ago(time.GetUtcNow() - last.At) : row.ActivePort is null ? Unknown : "none yet"),
                new Markup(row.RequestsPerSecond is { } rate ? rate.ToString("N1", CultureInfo.InvariantCulture) : Unknown));
        }

        screen.Write(grid);
        foreach (ListRow faulty in list.Instances.Where(r => r.Faults.Count > 0))
        {
            screen.Line();
            screen.Line($"[red]✗[/] {Markup.Escape(folders.EnvFile(faulty.Name))} is at fault (portok edit {Markup.Escape(faulty.Name)}):");
            foreach (string fault in faulty.Faults)
            {
                screen.Line($"    {Markup.Escape(Printable.Of(fault))}");
            }
        }
    }

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

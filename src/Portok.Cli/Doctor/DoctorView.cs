using Portok.Cli.CommandLine;
using Portok.Cli.Rendering;
using Spectre.Console;

namespace Portok.Cli.Doctor;

/// <summary>A report for people: one line per check, the detail under it, and for what is to be mended the command.</summary>
internal static class DoctorView
{
    private const int MarkWidth = 2;

    public static void Write(Screen screen, DoctorReport report)
    {
        int names = report.Checks.Max(c => c.Check.Length) + MarkWidth;
        string? last = null;
        bool first = true;
        foreach (CheckReport check in report.Checks)
        {
            if (first || !string.Equals(last, check.Instance, StringComparison.Ordinal))
            {
                if (!first)
                {
                    screen.Line();
                }

                screen.Line($"[bold]{(check.Instance is { } name ? Text(name) : "This machine")}[/]");
                (first, last) = (false, check.Instance);
            }

            Write(screen, check, names);
        }

        screen.Line();
        screen.Line(Summary(report));
    }

    private static void Write(Screen screen, CheckReport check, int names)
    {
        Grid grid = new Grid()
            .AddColumn(new GridColumn().NoWrap().Width(1).PadLeft(2).PadRight(1))
            .AddColumn(new GridColumn().NoWrap().Width(names).PadLeft(0).PadRight(0))
            .AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        grid.AddRow(new Markup(Mark(check)), new Markup($"[grey]{Text(check.Check)}[/]"), new Markup(Text(check.Summary)));
        foreach (string line in check.Detail.Where(line => !IsDifference(line)))
        {
            grid.AddRow(new Markup(" "), new Markup(" "), new Markup($"[grey]{Text(line)}[/]"));
        }

        screen.Write(grid);
        string indent = new(' ', names + 4);
        foreach (string line in check.Detail.Where(line => IsDifference(line) && !string.IsNullOrWhiteSpace(line)))
        {
            string colour = line[0] switch
            {
                '+' => "green",
                '-' => "red",
                _ => "grey",
            };
            screen.LongLine($"{indent}[{colour}]{Text(line)}[/]");
        }

        if (check.Mend is { } command)
        {
            // Never wrapped, so that it can be copied.
            screen.LongLine($"{indent}[cyan]→ {Text(command)}[/]");
        }
    }

    /// <summary>A line out of a comparison of files: it keeps its own indent and is not wrapped.</summary>
    private static bool IsDifference(string line) => line is ['+' or '-' or ' ', ..] or "…";

    private static string Mark(CheckReport check) => check.Verdict switch
    {
        CheckReport.Ok => "[green]✓[/]",
        CheckReport.Fault => "[red]✗[/]",
        _ => "[yellow]![/]",
    };

    private static string Summary(DoctorReport report)
    {
        List<string> rest = [];
        if (report.Warnings > 0)
        {
            rest.Add(Wording.Count(report.Warnings, "warning"));
        }

        if (report.NotSeen > 0)
        {
            rest.Add($"{report.NotSeen} could not be looked at");
        }

        string more = rest.Count == 0 ? "" : $", {string.Join(", ", rest)}";
        return report.Healthy
            ? $"[green]Healthy[/]: {Wording.Count(report.Checks.Count, "check")}{more}."
            : $"[red]{report.Faults} of {Wording.Count(report.Checks.Count, "check")} failed[/]{more}.";
    }

    private static string Text(string text) => Markup.Escape(Printable.Of(text));
}

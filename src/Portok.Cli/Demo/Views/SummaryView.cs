using System.Globalization;
using Portok.Cli.Demo.Scenario;
using Portok.Cli.Rendering;
using Spectre.Console;

namespace Portok.Cli.Demo.Views;

/// <summary>What the demo found out, for people.</summary>
internal static class SummaryView
{
    public static void Write(Screen screen, DemoReport report)
    {
        screen.Line();
        new Sheet()
            .Row("Requests", string.Create(CultureInfo.InvariantCulture, $"{report.Requests:N0} in {report.Seconds:0.0} s: {report.AnsweredByV1:N0} answered by v1, {report.AnsweredByV2:N0} by v2"))
            .Row("Lost", Good(report.Lost == 0, Wording.Count(report.Lost)))
            .Row("Wrong version", Good(report.WrongVersion == 0, Wording.Count(report.WrongVersion)))
            .Row("Switch", report.SwitchMs is { } ms ? Wording.Milliseconds(ms) + ", probe included" : "[red]none[/]")
            .Row("p50", Compared(report.P50BeforeMs, report.P50DuringMs))
            .Row("p99", Compared(report.P99BeforeMs, report.P99DuringMs))
            .Row("WebSockets", $"{Closed(report.ClosedAfterSwitch, report)} after the switch, {Closed(report.ClosedAfterRollback, report)} after the rollback got 1001")
            .Row("Rollback", report.RollbackMs is { } back ? $"{Wording.Milliseconds(back)} after v2 turned unhealthy" : "[red]none[/]")
            .WriteTo(screen);
        screen.Line();
        if (report.Passed)
        {
            screen.Line("[green]✓ Nothing was lost.[/]");
            return;
        }

        screen.Line("[red]✗ The demo did not go as it should:[/]");
        foreach (string fault in report.Faults)
        {
            screen.Line($"  {Markup.Escape(fault)}");
        }
    }

    private static string Good(bool good, string text) => good ? $"[green]{text}[/]" : $"[red]{text}[/]";

    private static string Closed(int closed, DemoReport report) => Good(closed == report.WebSockets, $"{closed} of {report.WebSockets}");

    private static string Compared(double? before, double? during) => before is { } b && during is { } d
        ? $"{Wording.Milliseconds(b)} before, {Wording.Milliseconds(d)} during the switch"
        : "not measured";
}

using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Spectre.Console;

namespace Portok.Cli.Rendering;

/// <summary>A daemon's status for people.</summary>
internal static class StatusView
{
    public static void Write(Screen screen, StatusAnswer status, TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeZoneInfo zone = time.LocalTimeZone;
        screen.Line($"[bold]{Text(status.Instance)}[/]  portokd {Text(status.Version)}, up {Wording.Span(TimeSpan.FromSeconds(status.UptimeSeconds))}");
        screen.Line();

        Sheet sheet = new Sheet()
            .Row("Active port", $"[green]{status.ActivePort}[/]")
            .Row("Last switch", LastSwitch(status.LastSwitch, now, zone));
        if (status.Drains.Count == 0)
        {
            sheet.Row("Draining", "nothing, no old work is left");
        }

        foreach (DrainReport drain in status.Drains)
        {
            sheet.Row("Draining", $"[yellow]{drain.Port}[/]: {Wording.Count(drain.Inflight, "request")}, {Wording.Count(drain.Tunnels, "tunnel")}, "
                + $"until {Wording.LocalTime(drain.Until, zone)} ({Wording.In(drain.Until - now)})");
        }

        sheet.Row("Rollback", Rollback(status.Rollback, now, zone)).WriteTo(screen);
    }

    private static string LastSwitch(SwitchReport? last, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (last is null)
        {
            return "none yet";
        }

        string reason = string.Equals(last.Reason, "rollback", StringComparison.Ordinal) ? "[yellow]rollback[/]" : Text(last.Reason);
        return $"{last.From} → {last.To}, {Wording.Local(last.At, zone)} ({Wording.Ago(now - last.At)}), {reason}";
    }

    private static string Rollback(RollbackReport rollback, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (rollback.ArmedUntil is not { } until)
        {
            return "not armed";
        }

        string failures = rollback.Failures == 0 ? "no failed probe" : $"[red]{Wording.Count(rollback.Failures, "failed probe")}[/]";
        return $"armed, back to {rollback.PreviousPort}, until {Wording.LocalTime(until, zone)} ({Wording.In(until - now)}), {failures}";
    }

    private static string Text(string text) => Markup.Escape(Printable.Of(text));
}

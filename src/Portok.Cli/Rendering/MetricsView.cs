using System.Globalization;
using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Spectre.Console;

namespace Portok.Cli.Rendering;

/// <summary>A daemon's counters for people.</summary>
internal static class MetricsView
{
    private const string NotCounted = "not counted (FAST_PATH=1)";

    public static void Write(Screen screen, MetricsAnswer metrics, TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeZoneInfo zone = time.LocalTimeZone;
        Sheet sheet = new Sheet()
            .Row("Since", $"{Wording.Local(metrics.StartedAt, zone)} ({Wording.Ago(now - metrics.StartedAt)})")
            .Row("Requests", $"[bold]{Wording.Count(metrics.TotalRequests)}[/] ({Wording.Count(metrics.Inflight)} in flight, at most {Wording.Count(metrics.InflightMax)})")
            .Row("Rate", metrics.RollingRps60 is { } rps ? string.Create(CultureInfo.InvariantCulture, $"{rps:N1}/s over the last 60 s") : NotCounted)
            .Row("Answers", Answers(metrics.StatusCounters))
            .Row("Latency", Latency(metrics))
            .Row("Health", Health(metrics.Health, now))
            .Row("Proxy errors", Errors(metrics, now));
        if (metrics.UpstreamSocketsCreated is { } created)
        {
            sheet.Row("App sockets", $"{Wording.Count(created)} created");
        }

        sheet
            .Row("Connections", $"clients {Wording.Count(metrics.Connections.ClientsOpen)} open ({Wording.Count(metrics.Connections.ClientsAccepted)} accepted), "
                + $"app {Wording.Count(metrics.Connections.UpstreamOpen)} open ({Wording.Count(metrics.Connections.UpstreamIdle)} idle)")
            .Row("Tunnels", $"{Wording.Count(metrics.Tunnels.Open)} open, {Wording.Count(metrics.Tunnels.Total)} in all")
            .Row("Bytes", $"{Wording.Bytes(metrics.Bytes.FromClients)} from clients, {Wording.Bytes(metrics.Bytes.ToClients)} to clients")
            .Row("Cut off", $"{Wording.Count(metrics.Cut.Requests, "request")}, {Wording.Count(metrics.Cut.Tunnels, "tunnel")} at the end of a drain")
            .WriteTo(screen);
        WriteTargets(screen, metrics.Targets);
    }

    private static void WriteTargets(Screen screen, IReadOnlyList<TargetReport> targets)
    {
        Grid grid = new();
        string[] titles = ["Port", "State", "Requests", "In flight", "Tunnels", "Errors"];
        for (int i = 0; i < titles.Length; i++)
        {
            GridColumn column = new GridColumn().NoWrap().PadLeft(0).PadRight(3);
            grid.AddColumn(i < 2 ? column : column.RightAligned());
        }

        grid.AddRow([.. titles.Select(title => new Markup($"[grey]{title}[/]"))]);
        foreach (TargetReport target in targets)
        {
            grid.AddRow(
                $"{target.Port}",
                target.Active ? "[green]active[/]" : "[yellow]draining[/]",
                Wording.Count(target.Requests),
                Wording.Count(target.Inflight),
                Wording.Count(target.Tunnels),
                target.Errors == 0 ? "0" : $"[red]{Wording.Count(target.Errors)}[/]");
        }

        screen.Line();
        screen.Write(grid);
    }

    private static string Answers(StatusCounters? answers)
    {
        if (answers is null)
        {
            return NotCounted;
        }

        string serverErrors = $"5xx {Wording.Count(answers.ServerError)}";
        return $"2xx {Wording.Count(answers.Success)}, 3xx {Wording.Count(answers.Redirection)}, 4xx {Wording.Count(answers.ClientError)}, "
            + (answers.ServerError == 0 ? serverErrors : $"[red]{serverErrors}[/]");
    }

    private static string Latency(MetricsAnswer metrics)
    {
        if (metrics.Latency is { } latency)
        {
            return $"p50 {Wording.Milliseconds(latency.P50)}, p90 {Wording.Milliseconds(latency.P90)}, p99 {Wording.Milliseconds(latency.P99)}, max {Wording.Milliseconds(latency.Max)}";
        }

        return metrics.RollingRps60 is null ? NotCounted : metrics.TotalRequests == 0 ? "no request yet" : "no request in the last minute";
    }

    private static string Health(HealthReport health, DateTimeOffset now)
    {
        string checkedAgo = health.LastCheckedAt is { } at ? $", checked {Wording.Ago(now - at)}" : "";
        return health.ActivePortOk switch
        {
            null => "not probed yet",
            true => $"[green]healthy[/]{checkedAgo}",
            false => $"[red]not healthy, {Wording.Count(health.ConsecutiveFails, "probe")} in a row[/]{checkedAgo}",
        };
    }

    private static string Errors(MetricsAnswer metrics, DateTimeOffset now)
    {
        if (metrics.LastProxyError is not { } last)
        {
            return Wording.Count(metrics.TotalProxyErrors);
        }

        return $"[red]{Wording.Count(metrics.TotalProxyErrors)}[/], the last {Wording.Ago(now - last.At)}, port {last.Port}: "
            + Markup.Escape(Printable.Of($"{last.Kind}, {last.Message}"));
    }
}

using System.Diagnostics;
using System.Globalization;
using Portok.Admin.Contract;
using Portok.Cli.Rendering;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Portok.Cli.Demo.Views;

/// <summary>A picture on the terminal, drawn anew several times a second: both versions, latency, lost requests, and below what has happened.</summary>
internal sealed class LiveView(Screen screen) : IDemoView
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(125);

    private readonly Lock _lock = new();
    private readonly List<string> _said = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private bool _isLive;

    public void Say(string line)
    {
        string said = string.Create(CultureInfo.InvariantCulture, $"[grey]{Stopwatch.GetElapsedTime(_started).TotalSeconds,5:0.0} s[/]  {Markup.Escape(line)}");
        lock (_lock)
        {
            _said.Add(said);
            if (!_isLive)
            {
                screen.Line(said);
            }
        }
    }

    public Task ShowAsync(FrameReader frames, Task scenario)
    {
        lock (_lock)
        {
            _isLive = true;
            _said.Clear();
        }

        return screen.Live().Live(new Text("")).StartAsync(async display =>
        {
            while (!scenario.IsCompleted)
            {
                display.UpdateTarget(Picture(frames.Read()));
                await Task.WhenAny(scenario, Task.Delay(Every)).ConfigureAwait(false);
            }

            display.UpdateTarget(Picture(frames.Read()));
        });
    }

    private Rows Picture(DemoFrame frame)
    {
        Table table = new() { Border = TableBorder.Rounded, BorderStyle = new Style(Color.Grey) };
        table.AddColumn("App");
        table.AddColumn(new TableColumn("Answers/s").Width(BarWidth + 8));
        table.AddColumn(new TableColumn("Answers").RightAligned());
        table.AddColumn(new TableColumn("WebSockets").RightAligned());
        double most = Math.Max(1, frame.V1.PerSecond + frame.V2.PerSecond);
        AddVersion(table, frame.V1, "blue", most);
        AddVersion(table, frame.V2, "green", most);

        string latency = frame is { P50: { } p50, P99: { } p99 } ? $"p50 {Wording.Milliseconds(p50)}   p99 {Wording.Milliseconds(p99)}" : "no answers yet";
        string lost = frame.Lost + frame.WrongVersion == 0 ? "[green]lost 0[/]" : $"[red]lost {Wording.Count(frame.Lost)}, wrong version {Wording.Count(frame.WrongVersion)}[/]";
        List<IRenderable> rows =
        [
            table,
            new Markup($"[bold]{lost}[/]   {latency}   {Wording.Count(frame.GoneAway)} × close 1001"),
            new Markup(Daemon(frame.Status)),
            new Text(""),
        ];
        lock (_lock)
        {
            rows.AddRange(_said.Select(line => new Markup(line)));
        }

        return new Rows(rows);
    }

    private static void AddVersion(Table table, VersionFrame version, string colour, double most)
    {
        int filled = (int)Math.Round(BarWidth * version.PerSecond / most);
        string bar = new string('█', filled) + new string(' ', BarWidth - filled);
        table.AddRow(
            version.Active ? $"[bold {colour}]{version.Name}[/] :{version.Port} [green]●[/]" : $"{version.Name} :{version.Port}",
            string.Create(CultureInfo.InvariantCulture, $"[{colour}]{bar}[/] {version.PerSecond,6:N0}"),
            Wording.Count(version.Answers),
            Wording.Count(version.WebSockets));
    }

    private static string Daemon(StatusAnswer? status)
    {
        if (status is null)
        {
            return "[grey]portokd was not asked yet[/]";
        }

        string drain = status.Drain is { } d ? $", old work on {d.Port}: {Wording.Count(d.Inflight, "request")}, {Wording.Count(d.Tunnels, "tunnel")}" : "";
        string watch = status.Rollback is { ArmedUntil: not null, PreviousPort: { } back }
            ? $", rollback to {back} armed ({Wording.Count(status.Rollback.Failures, "failed probe")})"
            : "";
        return $"[grey]portokd: active {status.ActivePort}{drain}{watch}[/]";
    }
}

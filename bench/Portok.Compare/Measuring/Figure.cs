namespace Portok.Compare.Measuring;

/// <summary>Something that is measured of a peer.</summary>
/// <param name="Key">Its name in result files.</param>
/// <param name="Heading">For people, with its unit; {0} is what a scenario counts (request, message, event).</param>
/// <param name="Format">How a value of it is written.</param>
/// <param name="Compared">Whether the subject's value over a peer's is shown.</param>
/// <param name="Rounds">What several rounds make.</param>
internal sealed record Figure(string Key, string Heading, string Format, bool Compared = false, OverRounds Rounds = OverRounds.Median);

/// <summary>What the values of several rounds make together.</summary>
internal enum OverRounds
{
    Median,

    /// <summary>What is counted: one lost request in a hundred rounds is one.</summary>
    Sum,
    Highest,
}

/// <summary>Every figure there is, in the order of tables.</summary>
internal static class Figures
{
    public static readonly Figure Cpu = new("cpu", "CPU µs/{0}", "0.00", Compared: true);
    public static readonly Figure Instructions = new("instructions", "instructions/{0}", "#,0", Compared: true);
    public static readonly Figure Rate = new("rate", "{0}s/s", "#,0", Compared: true);
    public static readonly Figure AddedP50 = new("addedP50", "added p50 ms", "0.000");
    public static readonly Figure P50 = new("p50", "p50 ms", "0.000", Compared: true);
    public static readonly Figure P95 = new("p95", "p95 ms", "0.00");
    public static readonly Figure P99 = new("p99", "p99 ms", "0.00", Compared: true);
    public static readonly Figure FirstByte = new("firstByte", "first byte p50 ms", "0.000", Compared: true);
    public static readonly Figure StartMs = new("startMs", "start to first answer ms", "0.0", Compared: true);
    public static readonly Figure IdleCpu = new("idleCpu", "CPU % idle", "0.000");
    public static readonly Figure Resident = new("residentMiB", "memory MiB", "0.0");
    public static readonly Figure KiBEach = new("kibEach", "KiB/connection", "0.00", Compared: true);
    public static readonly Figure Held = new("held", "connections held", "#,0");
    public static readonly Figure Requests = new("requests", "requests", "#,0", Rounds: OverRounds.Sum);
    public static readonly Figure Switches = new("switches", "switches", "#,0", Rounds: OverRounds.Sum);
    public static readonly Figure Lost = new("lost", "lost", "#,0", Rounds: OverRounds.Sum);
    public static readonly Figure SwitchMs = new("switchMs", "switch without probe, p50 ms", "0.00");
    public static readonly Figure SwitchMaxMs = new("switchMaxMs", "max ms", "0.00", Rounds: OverRounds.Highest);
    public static readonly Figure P99Before = new("p99Before", "p99 before ms", "0.00");
    public static readonly Figure P99During = new("p99During", "p99 during ms", "0.00");
    public static readonly Figure P99Times = new("p99Times", "during ÷ before", "0.00");
    public static readonly Figure LoadCores = new("loadCores", "cores of load", "0.00");

    public static IReadOnlyList<Figure> All { get; } =
    [
        Cpu, Instructions, Rate, AddedP50, P50, P95, P99, FirstByte, StartMs, IdleCpu, Resident, KiBEach, Held, Requests, Switches, Lost, SwitchMs, SwitchMaxMs,
        P99Before, P99During, P99Times, LoadCores,
    ];

    public static Figure Of(string key) => All.First(figure => string.Equals(figure.Key, key, StringComparison.Ordinal));
}

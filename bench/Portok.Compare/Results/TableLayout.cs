using System.Globalization;

namespace Portok.Compare.Results;

/// <summary>The columns of the result table, the same on the terminal and in Markdown.</summary>
internal static class TableLayout
{
    public static string[] Headings(string subject) =>
    [
        "peer", "requests/s", "p50 ms", "p99 ms", "CPU µs/request", "memory MiB", "errors",
        $"CPU, {subject} ÷ peer", "throughput ÷", "p99 ÷",
    ];

    public static string[] Row(PeerSummary summary) =>
    [
        summary.Peer,
        Text(summary.RequestsPerSecond.Median, "#,0"),
        Text(summary.P50Ms.Median, "0.00"),
        Text(summary.P99Ms.Median, "0.00"),
        Text(summary.CpuMicroseconds.Median, "0.0"),
        Text(summary.ResidentKiB / 1024.0, "0.0"),
        Text(summary.Errors, "0"),
        Ratio(summary.CpuRatio),
        Ratio(summary.ThroughputRatio),
        Ratio(summary.P99Ratio),
    ];

    private static string Ratio(Spread? ratio) =>
        ratio is null ? "" : $"{Text(ratio.Median, "0.00")} ({Text(ratio.Min, "0.00")}–{Text(ratio.Max, "0.00")})";

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

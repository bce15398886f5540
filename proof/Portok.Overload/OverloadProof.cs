using System.Globalization;
using Portok.Overload.Trials;
using Portok.Proof;

namespace Portok.Overload;

/// <summary>Runs the trials one after the other, judges them and writes their report.</summary>
internal static class OverloadProof
{
    internal static async Task<bool> RunAsync(OverloadOptions options, IReadOnlyList<string> arguments, TextWriter output)
    {
        var report = new ProofReport("overload", "Overload", arguments);
        DaemonBuild daemon = DaemonBuild.Choose();
        output.WriteLine($"portokd {daemon.Version}, {daemon.Kind}");
        var claims = new Claims(output);
        object many = await ManyConnections.RunAsync(options, claims);
        object gone = await DescriptorsGone.RunAsync(options, claims);
        (IReadOnlyList<SlowRound> rounds, IReadOnlyList<DaemonSample> samples) = await SlowClients.RunAsync(options, claims, output);
        if (options.Results is not { } folder) return claims.Hold;

        report.Section("Slow clients, round by round", Table(rounds) + Notes(options));
        report.Write(
            folder,
            claims,
            daemon,
            new { options, many, gone, rounds, samples },
            ("p99 of the normal clients, alone and beside the slow ones, in each round", Latencies(rounds)),
            ("The daemon's memory, clients and CPU over the rounds", Usage(samples)));
        return claims.Hold;
    }

    private static string Table(IReadOnlyList<SlowRound> rounds)
    {
        IEnumerable<string> rows = rounds.Select((r, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"| {i + 1} | {r.Before.P50:0.00} | {r.Before.P99:0.00} | {r.Before.Max:0.0} | {r.With.P50:0.00} | {r.With.P99:0.00} | {r.With.Max:0.0} | {r.Ratio:0.00} | {r.RssBeforeMiB:0.0} | {r.RssWithMiB:0.0} | {r.HeadsTimedOut} |"));
        return "| round | alone: p50, ms | p99 | most | beside: p50, ms | p99 | most | p99 ratio | RSS alone, MiB | RSS beside | 408 |\n"
            + "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n" + string.Join('\n', rows) + "\n";
    }

    private static string Notes(OverloadOptions options) => $"""

        Of the slow clients {options.Slow:N0} send a head, {options.Slow:N0} a body, a byte a second each, and {options.Slow:N0} ask for 8 MiB and read nothing of it. Times are
        counted from the moment a request was due at a fixed rate of {options.Rate:N0} a second, to whole milliseconds of the load generator's clock, so
        that a stall shows in every request it held up. `UPSTREAM_MAX_SOCKETS` is {(2 * options.Slow) + 1024:N0} in these rounds, because a slow upload or
        download holds a connection to the app.
        """;

    private static Chart Latencies(IReadOnlyList<SlowRound> rounds)
    {
        Series Line(string name, Func<SlowRound, double> pick) => new(name, [.. rounds.Select((r, i) => ((double)(i + 1), pick(r)))]);
        return new Chart(
            "64 normal clients beside slow ones",
            "round",
            [
                new Panel("p99, ms", [Line("alone", r => r.Before.P99), Line("beside slow ones", r => r.With.P99)]),
                new Panel("p99 beside slow ones over p99 alone (broken line: the bound)", [Line("ratio", r => r.Ratio)], Bound: 2),
            ]);
    }

    private static Chart Usage(IReadOnlyList<DaemonSample> samples)
    {
        Series Line(string name, Func<DaemonSample, double> pick) => new(name, [.. samples.Select(s => (s.Seconds, pick(s)))]);
        return new Chart(
            "portokd while slow clients come and go",
            "seconds since the start of the rounds",
            [
                new Panel("Memory, MiB", [Line("resident", s => s.RssMiB), Line("managed heap", s => s.HeapMiB)]),
                new Panel("Connections", [Line("clients", s => s.Clients), Line("to the app", s => s.Upstreams), Line("descriptors", s => s.Descriptors)]),
                new Panel("CPU, per cent of a core", [new Series("portokd", DaemonSample.Rate(samples, s => s.CpuSeconds * 100))]),
            ]);
    }
}

using System.Globalization;
using Portok.Proof;
using Portok.Soak.Judging;

namespace Portok.Soak;

/// <summary>Runs a soak, judges it and writes its report.</summary>
internal static class SoakProof
{
    internal static async Task<bool> RunAsync(SoakOptions options, IReadOnlyList<string> arguments, TextWriter output)
    {
        var report = new ProofReport("soak", "Soak", arguments);
        DaemonBuild daemon = DaemonBuild.Choose();
        output.WriteLine($"portokd {daemon.Version}, {daemon.Kind}: {options.Length.TotalMinutes:0.##} minutes, seed {options.Seed}");
        SoakRun run = await SoakRun.MakeAsync(options, output);
        var claims = new Claims(output);
        TrafficJudge.Judge(run, claims);
        FlatnessJudge.Judge(run, claims);
        foreach (string fault in run.Tally.Faults) output.WriteLine($"  {fault}");
        if (options.Results is not { } folder) return claims.Hold;

        report.Section("Traffic", Traffic(run));
        report.Section("What was sampled", Samples(run));
        if (run.Tally.Faults.Count > 0) report.Section("The first losses", $"```\n{string.Join('\n', run.Tally.Faults)}\n```");
        report.Write(
            folder,
            claims,
            daemon,
            new { run.Length, right = run.Tally.Right, run.Tally.Lost, run.Tally.VerifiedBytes, run.SwitchesMs, run.ClientCpuSeconds, run.Before, run.After, run.Samples },
            ("Memory, descriptors, threads, collections, CPU and work in flight over the run", SoakChart.Of(run)));
        return claims.Hold;
    }

    private static string Traffic(SoakRun run)
    {
        IEnumerable<string> rows = run.Tally.Right.OrderByDescending(pair => pair.Value)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"| {pair.Key} | {pair.Value:#,0} |"));
        return $"| kind | right |\n|---|---:|\n{string.Join('\n', rows)}\n";
    }

    private static string Samples(SoakRun run)
    {
        DaemonSample most = run.Samples.MaxBy(s => s.RssMiB)!;
        return string.Create(CultureInfo.InvariantCulture, $"""
            | | before | at the peak of memory | when all had gone |
            |---|---:|---:|---:|
            | RSS, MiB | {run.Before.RssMiB:0.0} | {most.RssMiB:0.0} | {run.After.RssMiB:0.0} |
            | managed heap, MiB | {run.Before.HeapMiB:0.0} | {most.HeapMiB:0.0} | {run.After.HeapMiB:0.0} |
            | descriptors | {run.Before.Descriptors} | {most.Descriptors} | {run.After.Descriptors} |
            | of them to the app | {run.Before.Upstreams} | {most.Upstreams} | {run.After.Upstreams} |
            | threads | {run.Before.Threads} | {most.Threads} | {run.After.Threads} |
            | collections, generations 0/1/2 | {run.Before.Gen0}/{run.Before.Gen1}/{run.Before.Gen2} | {most.Gen0}/{most.Gen1}/{most.Gen2} | {run.After.Gen0}/{run.After.Gen1}/{run.After.Gen2} |
            | CPU seconds | {run.Before.CpuSeconds:0.0} | {most.CpuSeconds:0.0} | {run.After.CpuSeconds:0.0} |

            The load generator used {run.ClientCpuSeconds:0} s of CPU in {run.Length.TotalSeconds:0} s.
            """);
    }
}

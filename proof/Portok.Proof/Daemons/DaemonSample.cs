using System.Text.Json;
using Portok.Testing;

namespace Portok.Proof;

/// <summary>What a daemon uses at one moment: from /proc, and from its own /__metrics.</summary>
public sealed record DaemonSample(
    double Seconds,
    double RssMiB,
    int Descriptors,
    int Threads,
    double CpuSeconds,
    double HeapMiB,
    int Gen0,
    int Gen1,
    int Gen2,
    long Inflight,
    long Clients,
    long Upstreams,
    long Tunnels,
    long Requests)
{
    private const double MiB = 1 << 20;

    /// <summary>What a counter rises by in a second, from sample to sample, at the seconds of the later one over the unit.</summary>
    public static IReadOnlyList<(double X, double Y)> Rate(IReadOnlyList<DaemonSample> samples, Func<DaemonSample, double> pick, double unit = 1)
        => [.. samples.Zip(samples.Skip(1), (before, now) => (now.Seconds / unit, Math.Max(0, pick(now) - pick(before)) / Math.Max(0.05, now.Seconds - before.Seconds)))];

    /// <summary>Takes one.</summary>
    /// <param name="daemon">The daemon.</param>
    /// <param name="seconds">Since the start of the run.</param>
    public static async Task<DaemonSample> TakeAsync(PortokDaemon daemon, double seconds)
    {
        AdminAnswer metrics = await daemon.Admin.MetricsAsync().ConfigureAwait(false);
        ProcessStat stat = ProcessStat.Read(daemon.ProcessId) ?? throw new InvalidOperationException($"portokd has ended.\n{daemon.Transcript}");
        JsonElement collections = metrics["process.gcCollections"];
        return new DaemonSample(
            seconds,
            stat.ResidentBytes / MiB,
            daemon.OpenDescriptors,
            stat.Threads,
            stat.CpuSeconds,
            metrics["process.gcHeapBytes"].GetInt64() / MiB,
            collections.GetProperty("gen0").GetInt32(),
            collections.GetProperty("gen1").GetInt32(),
            collections.GetProperty("gen2").GetInt32(),
            metrics["inflight"].GetInt64(),
            metrics["connections.clientsOpen"].GetInt64(),
            metrics["connections.upstreamOpen"].GetInt64(),
            metrics["tunnels.open"].GetInt64(),
            metrics["totalRequests"].GetInt64());
    }
}

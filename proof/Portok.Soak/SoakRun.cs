using System.Diagnostics;
using System.Globalization;
using Portok.Proof;
using Portok.Soak.Traffic;
using Portok.Testing;

namespace Portok.Soak;

/// <summary>What a soak saw.</summary>
/// <param name="Length">How long traffic ran.</param>
/// <param name="Tally">What became of it.</param>
/// <param name="SwitchesMs">How long each switch took.</param>
/// <param name="Before">The daemon before any traffic.</param>
/// <param name="Samples">While it ran.</param>
/// <param name="After">When all of it had gone.</param>
/// <param name="ClientCpuSeconds">CPU time of the load generator.</param>
internal sealed record SoakRun(
    TimeSpan Length,
    Tally Tally,
    IReadOnlyList<double> SwitchesMs,
    DaemonSample Before,
    IReadOnlyList<DaemonSample> Samples,
    DaemonSample After,
    double ClientCpuSeconds)
{
    // What is left of old work is cut 0.9 s after the drain: before the next switch makes its app active again.
    private const double LeftAfterDrainMs = 1100;

    private static (string, string)[] Settings(SoakOptions options) =>
    [
        ("DRAIN_MS", (options.SwitchEvery.TotalMilliseconds - LeftAfterDrainMs).ToString("0", CultureInfo.InvariantCulture)),
        ("ROLLBACK_CHECK_EVERY_MS", "1000"),
        ("ADMIN_ON_PUBLIC_PORT", "0"),
        ("LOG_LEVEL", "warn"),
    ];

    /// <summary>Starts two apps and a daemon, soaks it, and waits until all is quiet again.</summary>
    internal static async Task<SoakRun> MakeAsync(SoakOptions options, TextWriter output)
    {
        await using ForeignApp a = await ForeignApp.AspNetAsync("a"), b = await ForeignApp.AspNetAsync("b");
        await using var instance = new TempInstance(a.Port, Settings(options));
        instance.Settings["ADMIN_UNIX_SOCKET"] = Path.Combine(instance.Folder, "admin.sock");
        PortokDaemon daemon = await instance.StartAsync();
        DaemonSample before = await DaemonSample.TakeAsync(daemon, 0);

        using var stop = new CancellationTokenSource();
        var tally = new Tally();
        var shared = new Shared(daemon.Port, new VersionTimeline("a"), tally, stop.Token);
        var switcher = new Switcher(daemon, shared.Versions, [a, b]);
        var sampler = DaemonSampler.Start(daemon, TimeSpan.FromSeconds(1));
        long start = Stopwatch.GetTimestamp();
        List<Task> traffic = Start(options, shared);
        Task switching = switcher.RunAsync(options.SwitchEvery, stop.Token);
        while (sampler.Seconds < options.Length.TotalSeconds && !switching.IsCompleted)
        {
            await Task.WhenAny(switching, Task.Delay(TimeSpan.FromSeconds(Math.Min(30, Math.Max(0.1, options.Length.TotalSeconds - sampler.Seconds)))));
            Tell(output, sampler, tally, switcher);
        }

        await stop.CancelAsync();
        await Task.WhenAll(traffic).WaitAsync(Patience.Long);
        TimeSpan length = Stopwatch.GetElapsedTime(start);
        await switching;
        await sampler.DisposeAsync();

        // Connections to the app that was left are closed by a switch; those to the other are counted.
        await switcher.SwitchAsync();
        DaemonSample after = await Poll.ForAsync(
            () => DaemonSample.TakeAsync(daemon, sampler.Seconds),
            sample => sample is { Inflight: 0, Tunnels: 0, Clients: 0 },
            Patience.Long,
            "the daemon to be quiet again");
        return new SoakRun(length, tally, switcher.TookMs, before, sampler.Samples, after, ProcessStat.Read(Environment.ProcessId)!.CpuSeconds);
    }

    private static List<Task> Start(SoakOptions options, Shared shared)
    {
        var tasks = new List<Task>();
        for (int i = 0; i < options.Workers; i++)
        {
            var worker = new RequestWorker(shared, Seed(options, i));
            tasks.Add(Task.Run(worker.RunAsync));
        }

        for (int i = 0; i < options.WebSockets; i++)
        {
            var worker = new WebSocketWorker(shared, Seed(options, 1000 + i));
            tasks.Add(Task.Run(worker.RunAsync));
        }

        for (int i = 0; i < options.EventStreams; i++)
        {
            var worker = new EventStreamWorker(shared, Seed(options, 2000 + i));
            tasks.Add(Task.Run(worker.RunAsync));
        }

        return tasks;
    }

    private static int Seed(SoakOptions options, int number) => (options.Seed * 10_000) + number;

    private static void Tell(TextWriter output, DaemonSampler sampler, Tally tally, Switcher switcher)
    {
        IReadOnlyList<DaemonSample> samples = sampler.Samples;
        DaemonSample? last = samples.Count > 0 ? samples[^1] : null;
        output.WriteLine($"  {sampler.Seconds,6:0} s  {tally.Right.Values.Sum(),10:N0} right  {tally.Lost} lost  {switcher.TookMs.Count} switches  {last?.RssMiB:0.0} MiB  {last?.Descriptors} descriptors");
    }
}

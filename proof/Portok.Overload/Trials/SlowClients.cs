using System.Globalization;
using Portok.Overload.Clients;
using Portok.Proof;

namespace Portok.Overload.Trials;

/// <summary>One round: the normal clients without the slow ones, and then beside them.</summary>
/// <param name="Before">The normal clients alone.</param>
/// <param name="With">Beside the slow ones.</param>
/// <param name="RssBeforeMiB">The daemon's memory at the end of the first half.</param>
/// <param name="RssWithMiB">And of the second.</param>
/// <param name="HeadsTimedOut">Slow heads that were answered 408.</param>
/// <param name="OtherEnds">Slow clients that were ended otherwise.</param>
internal sealed record SlowRound(PacedReport Before, PacedReport With, double RssBeforeMiB, double RssWithMiB, long HeadsTimedOut, long OtherEnds)
{
    internal double Ratio => With.P99 / Before.P99;
}

/// <summary>
/// Slow clients by the thousand beside 64 normal ones. Rounds without and with them take turns, so that what else the machine
/// does meets both alike.
/// </summary>
internal static class SlowClients
{
    internal const int HeadersTimeoutMs = 3000;

    // Of an answer nobody reads the daemon keeps what it had read when the socket was full: one buffer at most.
    private const double KiBPerSlowClient = 288;

    internal static async Task<(IReadOnlyList<SlowRound> Rounds, IReadOnlyList<DaemonSample> Samples)> RunAsync(OverloadOptions options, Claims claims, TextWriter output)
    {
        // A slow upload or download holds a connection to the app for as long as it lasts.
        int upstreams = (2 * options.Slow) + 1024;
        await using Stage stage = await Stage.StartAsync(
            null,
            ("UPSTREAM_MAX_SOCKETS", upstreams.ToString(CultureInfo.InvariantCulture)),
            ("SERVER_HEADERS_TIMEOUT", HeadersTimeoutMs.ToString(CultureInfo.InvariantCulture)),
            ("SERVER_KEEPALIVE_TIMEOUT", (HeadersTimeoutMs - 1).ToString(CultureInfo.InvariantCulture)));
        await NormalAsync(stage, options, TimeSpan.FromSeconds(1));
        var rounds = new List<SlowRound>();
        IReadOnlyList<DaemonSample> samples;
        await using (DaemonSampler sampler = DaemonSampler.Start(stage.Daemon, TimeSpan.FromMilliseconds(500)))
        {
            for (int i = 0; i < options.Rounds; i++)
            {
                rounds.Add(await RoundAsync(stage, options));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  round {i + 1}: p99 {rounds[i].Before.P99:0.00} ms alone, {rounds[i].With.P99:0.00} ms beside the slow ones, RSS {rounds[i].RssWithMiB:0.0} MiB"));
            }

            await stage.EmptyAsync();
            samples = sampler.Samples;
        }

        Judge(options, rounds, claims);
        return (rounds, samples);
    }

    private static async Task<SlowRound> RoundAsync(Stage stage, OverloadOptions options)
    {
        var span = TimeSpan.FromSeconds(options.Seconds);
        await stage.EmptyAsync();
        PacedReport before = await NormalAsync(stage, options, span);
        double rssBefore = (await stage.SampleAsync()).RssMiB;
        await using SlowCrowd crowd = await SlowCrowd.StartAsync(stage.Daemon.Port, options.Slow);
        PacedReport with = await NormalAsync(stage, options, span);
        double rssWith = (await stage.SampleAsync()).RssMiB;
        await Testing.Poll.UntilAsync(() => crowd.Counts.HeadsTimedOut >= options.Slow, Testing.Patience.Long, "every slow head to be answered 408");
        return new SlowRound(before, with, rssBefore, rssWith, crowd.Counts.HeadsTimedOut, crowd.Counts.OtherEnds);
    }

    private static Task<PacedReport> NormalAsync(Stage stage, OverloadOptions options, TimeSpan span)
        => PacedLoad.RunAsync(stage.Daemon.Port, options.Normal, options.Rate, span, Stage.IsRight);

    private static void Judge(OverloadOptions options, List<SlowRound> rounds, Claims claims)
    {
        string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        int slow = 3 * options.Slow;
        long failed = rounds.Sum(r => r.Before.Failed + r.With.Failed);
        claims.Add(
            $"Beside {slow:N0} slow clients every request of {options.Normal} normal ones is answered",
            failed == 0 && rounds.TrueForAll(r => r.With.Requests > 0),
            Text($"{rounds.Sum(r => r.With.Requests):#,0} requests at {options.Rate:#,0} a second, {failed} failed {rounds.Select(r => r.With.Fault).FirstOrDefault(f => f is not null)}"));
        double[] ratios = [.. rounds.Select(r => r.Ratio).Order()];
        double median = (ratios[(ratios.Length - 1) / 2] + ratios[ratios.Length / 2]) / 2;
        claims.Add(
            "Their p99 stays within 2 × of before",
            median <= 2 || !options.Strict,
            Text($"{median:0.00} × in the median of {rounds.Count} interleaved rounds ({ratios[0]:0.00}–{ratios[^1]:0.00}); p99 alone {Spread(rounds, r => r.Before.P99)} ms, beside {Spread(rounds, r => r.With.P99)} ms"));
        claims.Add(
            "Slow heads are answered 408 after SERVER_HEADERS_TIMEOUT",
            rounds.TrueForAll(r => r.HeadsTimedOut >= options.Slow),
            Text($"{rounds.Sum(r => r.HeadsTimedOut):#,0} of them with {HeadersTimeoutMs} ms; {rounds.Sum(r => r.OtherEnds):#,0} slow clients ended otherwise"));
        double most = rounds.Max(r => (r.RssWithMiB - r.RssBeforeMiB) * 1024 / slow);
        bool grows = rounds.Count > 2 && rounds[^1].RssWithMiB > rounds.Take(rounds.Count - 1).Max(r => r.RssWithMiB) * 1.1;
        claims.Add(
            "The memory they take is bounded, and no more with every round",
            (most < KiBPerSlowClient && !grows) || !options.Strict,
            Text($"{most:0.0} KiB for each at most, allowed {KiBPerSlowClient}; RSS with all of them {string.Join(", ", rounds.Select(r => r.RssWithMiB.ToString("0", CultureInfo.InvariantCulture)))} MiB"));
    }

    private static string Spread(List<SlowRound> rounds, Func<SlowRound, double> pick)
        => string.Create(CultureInfo.InvariantCulture, $"{rounds.Min(pick):0.00}–{rounds.Max(pick):0.00}");
}

using System.Globalization;
using Portok.Proof;

namespace Portok.Soak.Judging;

/// <summary>
/// Whether anything grows: the straight line through the samples of the second half, when pools and caches have filled, may
/// not rise by more than the noise of its kind. And when all traffic has gone, all it had is given back.
/// </summary>
internal static class FlatnessJudge
{
    /// <summary>In less than this the second half is no steady state.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(2);

    // The runtime's pool breathes with what else the machine does, by two or three; a thread lost in a minute would be five.
    private const double ThreadsAllowed = 3;
    private const double PartAllowed = 0.05;
    private const int DescriptorsAllowed = 2;

    // In a short run the runtime still opens assemblies of its own.
    private const int DescriptorsAllowedInShort = 16;

    internal static void Judge(SoakRun run, Claims claims)
    {
        if (run.Length >= Shortest)
        {
            List<DaemonSample> second = [.. run.Samples.Where(s => s.Seconds > run.Length.TotalSeconds / 2)];
            Trend Of(Func<DaemonSample, double> pick) => Trend.Of([.. second.Select(s => s.Seconds)], [.. second.Select(pick)]);
            Flat(claims, "Resident memory is flat over the second half", "MiB", Of(s => s.RssMiB), mean => mean * PartAllowed);
            Flat(claims, "Descriptors are flat over the second half", "", Of(s => s.Descriptors), mean => mean * PartAllowed);
            Flat(claims, "Threads are flat over the second half", "", Of(s => s.Threads), _ => ThreadsAllowed);
        }

        // What is still open is told by the daemon itself: idle connections to the active app.
        long extra = run.After.Descriptors - run.After.Upstreams - run.After.Clients - run.Before.Descriptors + run.Before.Upstreams + run.Before.Clients;
        claims.Add(
            "Every descriptor is given back when the traffic has gone",
            Math.Abs(extra) <= (run.Length >= Shortest ? DescriptorsAllowed : DescriptorsAllowedInShort),
            $"{run.Before.Descriptors} before, {run.After.Descriptors} after, of them {run.After.Upstreams} idle connections to the active app");
    }

    private static void Flat(Claims claims, string promise, string unit, Trend trend, Func<double, double> allowed)
    {
        double bound = allowed(trend.Mean);
        claims.Add(
            promise,
            trend.Growth <= bound,
            string.Create(CultureInfo.InvariantCulture, $"mean {trend.Mean:0.0} {unit}, line grows by {trend.Growth:0.00}, allowed {bound:0.00}"));
    }
}

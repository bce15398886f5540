using Portok.Compare.Measuring;

namespace Portok.Compare.Results;

/// <summary>All rounds of one peer in one scenario, and the subject's figures over its own.</summary>
/// <param name="CpuRatio">Subject's CPU per request over this peer's, round by round; null for the subject itself.</param>
/// <param name="ThroughputRatio">Subject's requests a second over this peer's.</param>
/// <param name="P99Ratio">Subject's 99th percentile over this peer's.</param>
internal sealed record PeerSummary(
    string Scenario,
    string Peer,
    Spread RequestsPerSecond,
    Spread P50Ms,
    Spread P99Ms,
    Spread CpuMicroseconds,
    long ResidentKiB,
    long Errors,
    Spread? CpuRatio,
    Spread? ThroughputRatio,
    Spread? P99Ratio)
{
    public static IReadOnlyList<PeerSummary> Of(IReadOnlyList<Measurement> measurements, string subject) =>
    [
        .. from scenario in measurements.GroupBy(m => m.Scenario, StringComparer.Ordinal)
           let mine = scenario.Where(m => string.Equals(m.Peer, subject, StringComparison.Ordinal)).ToDictionary(m => m.Round)
           from peer in scenario.GroupBy(m => m.Peer, StringComparer.Ordinal)
           select Of(scenario.Key, [.. peer], string.Equals(peer.Key, subject, StringComparison.Ordinal) ? null : mine),
    ];

    private static PeerSummary Of(string scenario, IReadOnlyList<Measurement> rounds, Dictionary<int, Measurement>? subject)
    {
        return new PeerSummary(
            scenario,
            rounds[0].Peer,
            Spread.Of(rounds.Select(m => m.RequestsPerSecond)),
            Spread.Of(rounds.Select(m => m.P50Ms)),
            Spread.Of(rounds.Select(m => m.P99Ms)),
            Spread.Of(rounds.Select(m => m.CpuMicrosecondsPerRequest)),
            rounds.Max(m => m.ResidentKiB),
            rounds.Sum(m => m.Errors),
            Ratio(m => m.CpuMicrosecondsPerRequest),
            Ratio(m => m.RequestsPerSecond),
            Ratio(m => m.P99Ms));

        Spread? Ratio(Func<Measurement, double> figure) =>
            subject is null ? null : Spread.Of(rounds.Select(m => figure(subject[m.Round]) / figure(m)));
    }
}

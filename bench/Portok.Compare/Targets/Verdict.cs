using Portok.Compare.Measuring;
using Portok.Compare.Results;

namespace Portok.Compare.Targets;

/// <summary>A target beside what was measured.</summary>
/// <param name="Found">Median and spread; null when it was not measured.</param>
/// <param name="Errors">Failed requests of the two that are compared: with any, no bound is kept.</param>
internal sealed record Verdict(Target Target, string Scenario, string Title, Spread? Found, long Errors = 0)
{
    public bool? MustMet => Met(Target.Must);

    public bool? GoalMet => Met(Target.Goal);

    /// <summary>By which share of the bound the figure falls short; 0 when it does not.</summary>
    public double? Shortfall(double? bound) =>
        Found is null || bound is not { } limit || Met(bound) == true ? 0
        : limit == 0 ? double.PositiveInfinity
        : Math.Max(0, Target.AtLeast ? (limit - Found.Median) / limit : (Found.Median - limit) / limit);

    /// <summary>All targets of a scenario beside its result.</summary>
    public static IEnumerable<Verdict> Of(ScenarioResult result, IEnumerable<Target> targets)
    {
        var summaries = PeerSummary.Of(result).ToDictionary(summary => summary.Peer, StringComparer.Ordinal);
        foreach (Target target in targets)
        {
            Spread? found = target.Peer is { } peer
                ? summaries.GetValueOrDefault(peer)?.Ratios.GetValueOrDefault(target.Figure.Key)
                : summaries.GetValueOrDefault(result.Subject)?.Values.GetValueOrDefault(target.Figure.Key);
            long errors = summaries.GetValueOrDefault(result.Subject)?.Errors ?? 0;
            errors += target.Peer is { } other ? summaries.GetValueOrDefault(other)?.Errors ?? 0 : 0;
            yield return new Verdict(target, result.Name, result.Title, found, errors);
        }
    }

    // Both sides as they are written, so that 0.85 beside "0.85" is met.
    private bool? Met(double? bound) => Found is null || bound is not { } limit ? null
        : Errors > 0 ? false
        : Target.AtLeast ? Math.Round(Found.Median, 3) >= limit : Math.Round(Found.Median, 3) <= limit;
}

using Portok.Compare.Measuring;

namespace Portok.Compare.Results;

/// <summary>All rounds of one peer in one scenario.</summary>
/// <param name="Values">By figure.</param>
/// <param name="Ratios">The subject's figure over this peer's, round by round; empty for the subject itself.</param>
/// <param name="Errors">Requests that failed in all rounds.</param>
internal sealed record PeerSummary(string Peer, IReadOnlyDictionary<string, Spread> Values, IReadOnlyDictionary<string, Spread> Ratios, long Errors)
{
    /// <summary>One for each peer, in the order of the peers.</summary>
    public static IReadOnlyList<PeerSummary> Of(ScenarioResult result)
    {
        var subject = result.Samples.Where(sample => Is(sample.Peer, result.Subject)).ToDictionary(sample => sample.Round);
        return
        [
            .. result.Peers
                .Select(peer => result.Samples.Where(sample => Is(sample.Peer, peer.Name)).ToList())
                .Where(rounds => rounds.Count > 0)
                .Select(rounds => new PeerSummary(
                    rounds[0].Peer,
                    Spreads(rounds.SelectMany(sample => sample.Values)),
                    Is(rounds[0].Peer, result.Subject) ? Spreads([]) : RatiosOf(rounds, subject),
                    rounds.Sum(sample => sample.Errors))),
        ];
    }

    private static Dictionary<string, Spread> RatiosOf(List<Sample> rounds, Dictionary<int, Sample> subject)
    {
        IEnumerable<KeyValuePair<string, double>> ratios =
            from sample in rounds
            where subject.ContainsKey(sample.Round)
            from value in sample.Values
            where value.Value != 0 && Figures.Of(value.Key).Compared && subject[sample.Round].Values.ContainsKey(value.Key)
            select KeyValuePair.Create(value.Key, subject[sample.Round].Values[value.Key] / value.Value);
        return Spreads(ratios);
    }

    private static Dictionary<string, Spread> Spreads(IEnumerable<KeyValuePair<string, double>> values) =>
        values.GroupBy(value => value.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Figures.Of(group.Key).Rounds switch
            {
                OverRounds.Sum => Spread.Of([group.Sum(value => value.Value)]),
                OverRounds.Highest => Spread.Of([group.Max(value => value.Value)]),
                _ => Spread.Of(group.Select(value => value.Value)),
            }, StringComparer.Ordinal);

    private static bool Is(string peer, string other) => string.Equals(peer, other, StringComparison.Ordinal);
}

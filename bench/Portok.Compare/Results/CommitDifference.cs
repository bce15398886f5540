using Portok.Compare.Measuring;
using Portok.Compare.Peers;

namespace Portok.Compare.Results;

/// <summary>One scenario under two commits' portokd: the later one's cost over the earlier one's.</summary>
/// <param name="Cpu">CPU time of a request, round by round.</param>
/// <param name="Instructions">Null where the machine does not count them.</param>
internal sealed record CommitDifference(string Scenario, Spread? Cpu, Spread? Instructions, long Errors)
{
    /// <summary>Ratios nearer to 1 than this are noise, unless every round lies on one side.</summary>
    private const double Noise = 0.10;

    /// <summary>A tenth or more in the median, and no round in which it was not dearer.</summary>
    public bool IsDearer => Cpu is { } cpu && cpu.Median >= 1 + Noise && cpu.Min > 1;

    public static CommitDifference Of(ScenarioResult result)
    {
        IReadOnlyList<PeerSummary> peers = PeerSummary.Of(result);
        IReadOnlyDictionary<string, Spread>? ratios = peers.FirstOrDefault(peer => string.Equals(peer.Peer, PortokPeer.Base, StringComparison.Ordinal))?.Ratios;
        return new CommitDifference(
            result.Name,
            ratios?.GetValueOrDefault(Figures.Cpu.Key),
            ratios?.GetValueOrDefault(Figures.Instructions.Key),
            peers.Sum(peer => peer.Errors));
    }

    public string InWords()
    {
        string instructions = Instructions is null ? "" : $", instructions × {Wording.Ranged(Instructions, "0.000")}";
        string failed = Errors == 0 ? "" : $", {Errors} requests failed";
        return Cpu is null ? $"{Scenario,-14} not measured{failed}" : $"{Scenario,-14} CPU × {Wording.Ranged(Cpu, "0.00")}{instructions}: {Judgement(Cpu)}{failed}";
    }

    private string Judgement(Spread cpu) =>
        IsDearer ? "dearer" : cpu.Max < 1 && cpu.Median <= 1 - Noise ? "cheaper" : "no difference beyond noise";
}

using Portok.Compare.Measuring;
using Portok.Testing;

namespace Portok.Compare.Results;

/// <summary>Everything a run found and what has to be known to repeat it.</summary>
internal sealed record Report(
    DateTimeOffset At,
    MachineFacts Machine,
    int Rounds,
    double SecondsPerRound,
    string Subject,
    string Origin,
    string LoadGenerator,
    IReadOnlyList<PeerFacts> Peers,
    IReadOnlyList<PeerSummary> Summaries,
    IReadOnlyList<Measurement> Measurements);

/// <summary>A peer as it was measured.</summary>
internal sealed record PeerFacts(string Name, string Version, string Configuration);

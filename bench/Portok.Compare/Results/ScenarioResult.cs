using Portok.Compare.Measuring;
using Portok.Testing;

namespace Portok.Compare.Results;

/// <summary>Everything a run of one scenario found, and what has to be known to repeat it. Each has a file of its own.</summary>
internal sealed record ScenarioResult
{
    public required string Name { get; init; }
    public required string Title { get; init; }
    public required string Group { get; init; }

    /// <summary>What is counted: request, message, event.</summary>
    public required string Unit { get; init; }
    public required DateTimeOffset At { get; init; }
    public required MachineFacts Machine { get; init; }

    /// <summary>The load average when it had ended: with more than the cores the run was disturbed.</summary>
    public required string LoadAverageAfter { get; init; }
    public required int Rounds { get; init; }
    public required double SecondsPerRound { get; init; }

    /// <summary>Whose figures are divided by the others'.</summary>
    public required string Subject { get; init; }
    public required string Origin { get; init; }
    public required string Load { get; init; }
    public required IReadOnlyList<PeerFacts> Peers { get; init; }
    public required IReadOnlyList<Sample> Samples { get; init; }

    /// <summary>What a reader has to know besides: a peer that is missing, a number that was cut.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public long Errors => Samples.Sum(sample => sample.Errors);
}

/// <summary>A peer as it was measured.</summary>
internal sealed record PeerFacts(string Name, string Version, string Configuration);

using Portok.Compare.Measuring;
using Portok.Compare.Origins;
using Portok.Compare.Peers;
using Portok.Compare.Targets;

namespace Portok.Compare.Scenarios;

/// <summary>A kind of traffic, or of none, that peers are measured under.</summary>
/// <param name="name">As written on the command line.</param>
/// <param name="title">For people.</param>
internal abstract class Scenario(string name, string title)
{
    public string Name => name;

    public string Title => title;

    /// <summary>Scenarios that are run together; each group ends well inside ten minutes.</summary>
    public required string Group { get; init; }

    /// <summary>What is counted.</summary>
    public string Unit { get; init; } = "request";

    public OriginKind Origin { get; init; } = OriginKind.Static;

    public IReadOnlyList<Target> Targets { get; init; } = [];

    /// <summary>A peer that only this scenario is measured with.</summary>
    public IReadOnlyList<string> ExtraPeers { get; init; } = [];

    /// <summary>Clients hold connections for longer than servers like to: see <see cref="PeerStart.Holding"/>.</summary>
    public virtual bool Holds => false;

    /// <summary>Where load comes from, for the report.</summary>
    public abstract string Load { get; }

    /// <summary>Rounds, when more would show nothing more.</summary>
    public virtual int Rounds(int asked) => asked;

    public virtual bool Runs(IPeer peer) => true;

    /// <summary>Starts the peer and warms it up.</summary>
    public virtual void Prepare(PeerHost host) => host.Start();

    /// <summary>Measures it once.</summary>
    public abstract Findings Measure(PeerHost host, double seconds);
}

using Portok.Compare.Load;
using Portok.Compare.Measuring;
using Portok.Compare.Peers;

namespace Portok.Compare.Scenarios;

/// <summary>As many requests as the connections allow.</summary>
internal sealed class RequestScenario(string name, string title, WrkLoad load) : Scenario(name, title)
{
    private const double WarmUpSeconds = 1;

    /// <summary>Rounds that many times as long: so many connections are opened in each that opening them must not weigh much.</summary>
    public int Stretch { get; init; } = 1;

    /// <summary>Rounds that are enough, where there are many scenarios of a kind.</summary>
    public int MostRounds { get; init; } = int.MaxValue;

    /// <summary>Whom it is measured with; null: everybody.</summary>
    public Func<IPeer, bool>? For { get; init; }

    /// <summary>The load itself.</summary>
    public WrkLoad Requests => load;

    public override string Load => $"wrk, {load.Connections} connections, each with one request at a time";

    public override int Rounds(int asked) => Math.Min(asked, MostRounds);

    public override bool Runs(IPeer peer) => For is null || For(peer);

    public override void Prepare(PeerHost host)
    {
        host.Start();
        load.Run(host.Port, WarmUpSeconds);
    }

    public override Findings Measure(PeerHost host, double seconds) => Cost.Of(host, () => load.Run(host.Port, seconds * Stretch));
}

using System.Globalization;
using Portok.Compare.Load;
using Portok.Compare.Load.Clients;
using Portok.Compare.Measuring;
using Portok.Compare.Peers;

namespace Portok.Compare.Scenarios;

/// <summary>Latency at a rate that nobody finds hard.</summary>
internal sealed class PacedScenario(string name, string title, int connections, int rate) : Scenario(name, title)
{
    /// <summary>Whether the app alone is measured before each run, for what the proxy adds.</summary>
    public bool BesideDirect { get; init; }

    /// <summary>Whom it is measured with; null: everybody.</summary>
    public Func<IPeer, bool>? For { get; init; }

    public override string Load => string.Create(CultureInfo.InvariantCulture,
        $"{rate:#,0} requests/s on {connections} connections, times counted from when each was due{(BesideDirect ? "; before each run the app alone, for what is added" : "")}");

    public override bool Runs(IPeer peer) => For is null || For(peer);

    public override void Prepare(PeerHost host)
    {
        host.Start();
        Run(host.Port, 1, host.Origin.BodyBytes);
    }

    public override Findings Measure(PeerHost host, double seconds)
    {
        LoadResult? direct = BesideDirect ? Run(host.Origin.Port, seconds, host.Origin.BodyBytes) : null;
        LoadResult? proxied = null;
        Findings findings = Cost.Of(host, () => proxied = Run(host.Port, seconds, host.Origin.BodyBytes)).With(Figures.P95, proxied!.P95Ms);
        return direct is null ? findings : findings.With(Figures.AddedP50, proxied.P50Ms - direct.P50Ms).WithErrors(direct.Errors);
    }

    private LoadResult Run(int port, double seconds, int bodyBytes)
    {
        List<PacedRequest> all = PacedRequests.RunAsync(port, connections, rate, seconds, bodyBytes).GetAwaiter().GetResult();
        double[] sorted = Percentile.Sorted(all.Select(request => request.TookMs).Where(took => !double.IsNaN(took)));
        return new LoadResult(sorted.Length, seconds, Percentile.Of(sorted, 50), Percentile.Of(sorted, 95), Percentile.Of(sorted, 99), all.Count - sorted.Length);
    }
}

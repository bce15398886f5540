using System.Globalization;
using Portok.Compare.Load;
using Portok.Compare.Load.Clients;
using Portok.Compare.Measuring;
using Portok.Compare.Peers;
using Portok.Compare.Scenarios;

namespace Portok.Compare.Npm;

/// <summary>Latency at a rate that nobody finds hard, and what the proxy adds to the app's own.</summary>
internal sealed class PacedScenario(string name, string title, int connections, int rate) : Scenario(name, title)
{
    public override string Load => string.Create(CultureInfo.InvariantCulture,
        $"{rate:#,0} requests/s on {connections} connections, times counted from when each was due; before each run the app alone, for what is added");

    public override bool Runs(IPeer peer) => peer.Name is PortokPeer.Default or "http-proxy";

    public override void Prepare(PeerHost host)
    {
        host.Start();
        Run(host.Port, 1, host.Origin.BodyBytes);
    }

    public override Findings Measure(PeerHost host, double seconds)
    {
        LoadResult direct = Run(host.Origin.Port, seconds, host.Origin.BodyBytes);
        LoadResult? proxied = null;
        Findings findings = Cost.Of(host, () => proxied = Run(host.Port, seconds, host.Origin.BodyBytes));
        return findings.With(Figures.P95, proxied!.P95Ms).With(Figures.AddedP50, proxied.P50Ms - direct.P50Ms).WithErrors(direct.Errors);
    }

    private LoadResult Run(int port, double seconds, int bodyBytes)
    {
        List<PacedRequest> all = PacedRequests.RunAsync(port, connections, rate, seconds, bodyBytes).GetAwaiter().GetResult();
        double[] sorted = Percentile.Sorted(all.Select(request => request.TookMs).Where(took => !double.IsNaN(took)));
        return new LoadResult(sorted.Length, seconds, Percentile.Of(sorted, 50), Percentile.Of(sorted, 95), Percentile.Of(sorted, 99), all.Count - sorted.Length);
    }
}

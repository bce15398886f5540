using System.Globalization;
using Portok.Compare.Load.Clients;
using Portok.Compare.Measuring;
using Portok.Compare.Origins;
using Portok.Compare.Peers;
using Portok.Compare.Processes;
using Portok.Proof;
using Portok.Testing;

namespace Portok.Compare.Scenarios;

/// <summary>Switches to and fro between two apps while requests come at a fixed rate.</summary>
/// <param name="switches">In a round.</param>
/// <param name="rate">Requests a second.</param>
internal sealed class SwitchScenario(string name, string title, int switches, int rate) : Scenario(name, title)
{
    private const int Connections = 64;
    private const double EverySeconds = 1;

    /// <summary>So long after the answer requests may still feel a switch.</summary>
    private const double AfterMs = 50;

    public override string Load => string.Create(CultureInfo.InvariantCulture,
        $"{rate:#,0} requests/s on {Connections} connections, times counted from when each was due; a switch every {EverySeconds:0.#} s; during: from the call to {AfterMs:0} ms after its answer");

    public override bool Runs(IPeer peer) => peer is PortokPeer;

    public override void Prepare(PeerHost host)
    {
        host.Start();
        host.Keep(new OtherApp(OriginCatalogue.Start(Origin)));
        PacedRequests.RunAsync(host.Port, Connections, rate, 1, host.Origin.BodyBytes).GetAwaiter().GetResult();
    }

    public override Findings Measure(PeerHost host, double seconds)
    {
        int other = host.Kept<OtherApp>().Port;
        double span = (switches + 1) * EverySeconds;
        Task<List<PacedRequest>> load = PacedRequests.RunAsync(host.Port, Connections, rate, span, host.Origin.BodyBytes);
        using var admin = new AdminClient(host.Port, ((PortokPeer)host.Peer).Token);
        var done = new List<SwitchTime>();
        int active = admin.ActivePortAsync().GetAwaiter().GetResult();
        for (int i = 0; i < switches && !load.IsCompleted; i++)
        {
            Thread.Sleep(TimeSpan.FromSeconds(EverySeconds));
            active = active == other ? host.Origin.Port : other;
            done.Add(SwitchTime.Of(admin, active));
        }

        List<PacedRequest> requests = load.GetAwaiter().GetResult();
        host.MustRun();
        return Judge(requests, done);
    }

    internal static Findings Judge(IReadOnlyList<PacedRequest> requests, IReadOnlyList<SwitchTime> switches)
    {
        ILookup<bool, PacedRequest> touched = requests.ToLookup(request => switches.Any(s => s.Touches(request, AfterMs)));
        double[] during = Took(touched[true]), before = Took(touched[false]);
        double[] alone = Percentile.Sorted(switches.Select(s => s.WithoutProbeMs));
        double p99Before = Percentile.Of(before, 99), p99During = Percentile.Of(during, 99);
        int lost = requests.Count(request => double.IsNaN(request.TookMs));
        return new Findings().WithErrors(lost)
            .With(Figures.Requests, requests.Count)
            .With(Figures.Switches, switches.Count)
            .With(Figures.Lost, lost)
            .With(Figures.SwitchMs, Percentile.Of(alone, 50))
            .With(Figures.SwitchMaxMs, Percentile.Of(alone, 100))
            .With(Figures.P99Before, p99Before)
            .With(Figures.P99During, p99During)
            .With(Figures.P99Times, p99During / p99Before);
    }

    private static double[] Took(IEnumerable<PacedRequest> requests) =>
        Percentile.Sorted(requests.Select(request => request.TookMs).Where(took => !double.IsNaN(took)));

    /// <summary>The app that traffic goes to and comes back from.</summary>
    private sealed class OtherApp(IOrigin app) : IDisposable
    {
        public int Port => app.Port;

        public void Dispose() => app.Dispose();
    }
}

/// <summary>One switch, on <see cref="SocketLoop.NowMs"/>'s clock.</summary>
internal sealed record SwitchTime(double FromMs, double ToMs, double ProbeMs)
{
    /// <summary>What the switch itself took: the state made durable, traffic moved, the call there and back.</summary>
    public double WithoutProbeMs => ToMs - FromMs - ProbeMs;

    public static SwitchTime Of(AdminClient admin, int port)
    {
        double from = SocketLoop.NowMs;
        AdminAnswer answer = admin.SwitchAsync(port).GetAwaiter().GetResult();
        double to = SocketLoop.NowMs;
        return answer.Status == 200
            ? new SwitchTime(from, to, answer["probe.elapsedMs"].GetDouble())
            : throw new CompareException($"switch to {port}: {answer}");
    }

    /// <summary>Whether the request was under way, or due, at any time of the switch or shortly after.</summary>
    public bool Touches(PacedRequest request, double afterMs) =>
        request.DueMs <= ToMs + afterMs && (double.IsNaN(request.TookMs) || request.DueMs + request.TookMs >= FromMs);
}

using System.Globalization;
using Portok.Compare.Load;
using Portok.Compare.Load.Clients;
using Portok.Compare.Machine;
using Portok.Compare.Measuring;
using Portok.Compare.Origins;
using Portok.Compare.Peers;
using Portok.Compare.Scenarios;
using Portok.Testing;

namespace Portok.Compare.Curve;

internal enum MemoryKind
{
    Idle,
    Busy,
    Tunnels,
}

/// <summary>How much a process grows with its connections, and how long a switch takes with all of them there.</summary>
internal sealed class MemoryScenario(string name, string title, MemoryKind kind, int asked) : Scenario(name, title)
{
    /// <summary>
    /// As many as every peer has room for: two descriptors each; portokd also keeps a third of what it has for connections to
    /// the app that are no tunnels.
    /// </summary>
    private readonly int _count = Math.Min(asked, (Limits.Descriptors - 2000) / (kind == MemoryKind.Tunnels ? 3 : 2));

    public override string Load => _count.ToString("#,0", CultureInfo.InvariantCulture) + kind switch
    {
        MemoryKind.Idle => " connections that were used once",
        MemoryKind.Busy => " connections under load by wrk; the process at the end of it",
        _ => " upgraded connections without messages",
    };

    public override bool Holds => true;

    public override int Rounds(int asked) => 1;

    public override void Prepare(PeerHost host)
    {
        host.Start();
        // What is made once, whoever comes, is not a connection's memory.
        new WrkLoad("/", 64).Run(host.Port, 1);
    }

    public override Findings Measure(PeerHost host, double seconds)
    {
        double before = host.ResidentKiB;
        return kind == MemoryKind.Busy ? Busy(host, before, seconds) : Held(host, before);
    }

    private Findings Held(PeerHost host, double before)
    {
        using var held = new HeldConnections(host.Port, _count, kind == MemoryKind.Tunnels);
        Findings findings = new Findings().WithErrors(_count - held.Count);
        return Switched(host, Grown(findings, host, before, held.Count));
    }

    private Findings Busy(PeerHost host, double before, double seconds)
    {
        var load = new WrkLoad("/", _count);
        Task<LoadResult> running = Task.Run(() => load.Run(host.Port, seconds + 2));
        Thread.Sleep(TimeSpan.FromSeconds(seconds + 1));
        Findings findings = Switched(host, Grown(new Findings(), host, before, _count));
        return findings.WithErrors(running.GetAwaiter().GetResult().Errors);
    }

    private static Findings Grown(Findings findings, PeerHost host, double before, int count)
    {
        host.MustRun();
        return findings.With(Figures.KiBEach, (host.ResidentKiB - before) / count).With(Figures.Held, count).With(Figures.Resident, host.ResidentKiB / 1024);
    }

    private Findings Switched(PeerHost host, Findings findings)
    {
        if (host.Peer is not PortokPeer portok)
        {
            return findings;
        }

        using IOrigin other = OriginCatalogue.Start(Origin);
        using var admin = new AdminClient(host.Port, portok.Token);
        var there = SwitchTime.Of(admin, other.Port);
        var back = SwitchTime.Of(admin, host.Origin.Port);
        // The first call pays for what this program compiles on the way.
        return findings.With(Figures.SwitchMs, Math.Min(there.WithoutProbeMs, back.WithoutProbeMs));
    }
}

using System.Globalization;
using Portok.Compare.Load;
using Portok.Compare.Load.Clients;
using Portok.Compare.Measuring;
using Portok.Compare.Peers;

namespace Portok.Compare.Scenarios;

/// <summary>Busy connections beside many that do nothing, and what those take.</summary>
internal sealed class IdleScenario(string name, string title, WrkLoad busy, int idle) : Scenario(name, title)
{
    public override string Load => string.Create(CultureInfo.InvariantCulture, $"wrk, {busy.Connections} connections, beside {idle:#,0} that were used once; memory is the growth of the process over them");

    public override bool Holds => true;

    public override void Prepare(PeerHost host)
    {
        host.Start();
        busy.Run(host.Port, 1);
        double before = host.ResidentKiB;
        HeldConnections held = host.Keep(new HeldConnections(host.Port, idle, tunnels: false));
        host.Standing
            .With(Figures.KiBEach, (host.ResidentKiB - before) / held.Count)
            .With(Figures.Held, held.Count)
            .WithErrors(idle - held.Count);
    }

    public override Findings Measure(PeerHost host, double seconds) => Cost.Of(host, () => busy.Run(host.Port, seconds));
}

using Portok.Compare.Load.Clients;
using Portok.Compare.Measuring;
using Portok.Compare.Peers;

namespace Portok.Compare.Scenarios;

/// <summary>WebSocket messages there and back.</summary>
internal sealed class TunnelScenario(string name, string title, int tunnels) : Scenario(name, title)
{
    public override string Load => $"{tunnels} WebSockets on one epoll thread, each with one message of {TunnelEcho.MessageBytes} bytes at a time";

    public override bool Holds => true;

    public override void Prepare(PeerHost host)
    {
        host.Start();
        using var echo = new TunnelEcho(host.Port, tunnels);
        echo.Run(1);
    }

    public override Findings Measure(PeerHost host, double seconds)
    {
        using var echo = new TunnelEcho(host.Port, tunnels);
        echo.Run(0.2);
        return Cost.Of(host, () => echo.Run(seconds));
    }
}

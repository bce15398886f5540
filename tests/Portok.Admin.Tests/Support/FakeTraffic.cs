using Portok.Deployment.DataPlane;

namespace Portok.Admin.Tests.Support;

/// <summary>Counters with a different number in each place, so that none can stand in for another.</summary>
internal sealed class FakeTraffic : ITrafficSource
{
    public TrafficSnapshot Snapshot { get; set; } = new()
    {
        Inflight = 1,
        InflightMax = 2,
        TotalRequests = 3,
        TotalProxyErrors = 4,
        Statuses = [11, 12, 13, 14, 15],
        RollingRps60 = 16.123456,
        LastProxyError = new LastProxyError(Moments.Switched, "connection_refused", "nothing listens on 8080", 8080),
        UpstreamConnectionsOpened = 21,
        UpstreamConnectionsOpen = 22,
        UpstreamConnectionsIdle = 23,
        ClientConnectionsOpen = 24,
        ClientConnectionsAccepted = 25,
        TunnelsOpen = 26,
        TunnelsTotal = 27,
        BytesFromClients = 28,
        BytesToClients = 29,
        CutRequests = 30,
        CutTunnels = 31,
        Latency = new LatencySummary(1.00049, 2.5, 3.25, 4.125, 99.9999),
        Ports = [new PortTraffic(8080, true, 41, 42, 43, 44), new PortTraffic(8081, false, 51, 52, 53, 54)],
        Reactors = [new ReactorTraffic(71, 72, 73), new ReactorTraffic(81, 82, 83)],
    };

    public TrafficSnapshot Read() => Snapshot;
}

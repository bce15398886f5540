using Portok.Daemon.Traffic;
using Portok.Deployment.DataPlane;
using Portok.Engine.Traffic;
using Shouldly;

namespace Portok.Daemon.Tests.Traffic;

public class EngineTrafficSourceTests
{
    private static readonly EngineCounters Counters = new()
    {
        Inflight = 1,
        InflightMax = 2,
        TotalRequests = 3,
        TotalProxyErrors = 4,
        Statuses = [0, 5, 6, 7, 8],
        RollingRps60 = 9.5,
        LastProxyError = new EngineError(DateTimeOffset.UnixEpoch, "connection_refused", "no", 8080),
        UpstreamConnectionsOpened = 10,
        UpstreamConnectionsOpen = 11,
        UpstreamConnectionsIdle = 12,
        ClientConnectionsOpen = 13,
        ClientConnectionsAccepted = 14,
        TunnelsOpen = 15,
        TunnelsTotal = 16,
        BytesFromClients = 17,
        BytesToClients = 18,
        CutRequests = 19,
        CutTunnels = 20,
        Latency = new EngineLatency(1, 2, 3, 4, 5),
        Targets = [new TargetCounters(8080, false, 1, 2, 3, 4), new TargetCounters(8081, true, 5, 6, 7, 8)],
        Reactors = [new ReactorShare(1, 2, 3), new ReactorShare(4, 5, 6)],
    };

    [Fact]
    public void Convert_EveryCount_KeepsItsPlaceAndTheActivePortComesFirst()
    {
        TrafficSnapshot snapshot = EngineTrafficSource.Convert(Counters);
        new[]
        {
            snapshot.Inflight, snapshot.InflightMax, snapshot.TotalRequests, snapshot.TotalProxyErrors, snapshot.UpstreamConnectionsOpened,
            snapshot.UpstreamConnectionsOpen, snapshot.UpstreamConnectionsIdle, snapshot.ClientConnectionsOpen, snapshot.ClientConnectionsAccepted,
            snapshot.TunnelsOpen, snapshot.TunnelsTotal, snapshot.BytesFromClients, snapshot.BytesToClients, snapshot.CutRequests, snapshot.CutTunnels,
        }.ShouldBe([1, 2, 3, 4, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
        snapshot.Statuses.ShouldBe([0, 5, 6, 7, 8]);
        snapshot.RollingRps60.ShouldBe(9.5);
        snapshot.LastProxyError.ShouldBe(new LastProxyError(DateTimeOffset.UnixEpoch, "connection_refused", "no", 8080));
        snapshot.Latency.ShouldBe(new LatencySummary(1, 2, 3, 4, 5));
        snapshot.Ports.ShouldBe([new PortTraffic(8081, true, 5, 6, 7, 8), new PortTraffic(8080, false, 1, 2, 3, 4)]);
        snapshot.Reactors.ShouldBe([new ReactorTraffic(1, 2, 3), new ReactorTraffic(4, 5, 6)]);
    }

    [Fact]
    public void Convert_WhatFastPathLeavesOut_StaysNull()
    {
        TrafficSnapshot snapshot = EngineTrafficSource.Convert(Counters with { Statuses = null, RollingRps60 = null, LastProxyError = null, Latency = null });
        snapshot.Statuses.ShouldBeNull();
        snapshot.RollingRps60.ShouldBeNull();
        snapshot.LastProxyError.ShouldBeNull();
        snapshot.Latency.ShouldBeNull();
    }
}

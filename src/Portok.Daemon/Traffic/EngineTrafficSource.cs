using Portok.Deployment.DataPlane;
using Portok.Engine;
using Portok.Engine.Traffic;

namespace Portok.Daemon.Traffic;

/// <summary>The engine's counters as the control plane and the admin API see them. Any thread.</summary>
internal sealed class EngineTrafficSource(TrafficEngine engine) : ITrafficSource
{
    /// <inheritdoc/>
    public TrafficSnapshot Read() => Convert(engine.ReadCounters());

    /// <summary>One reading in the other room's words. Pure.</summary>
    public static TrafficSnapshot Convert(EngineCounters counters) => new()
    {
        Inflight = counters.Inflight,
        InflightMax = counters.InflightMax,
        TotalRequests = counters.TotalRequests,
        TotalProxyErrors = counters.TotalProxyErrors,
        Statuses = counters.Statuses,
        RollingRps60 = counters.RollingRps60,
        LastProxyError = counters.LastProxyError is { } error ? new LastProxyError(error.At, error.Kind, error.Message, error.Port) : null,
        UpstreamConnectionsOpened = counters.UpstreamConnectionsOpened,
        UpstreamConnectionsOpen = counters.UpstreamConnectionsOpen,
        UpstreamConnectionsIdle = counters.UpstreamConnectionsIdle,
        ClientConnectionsOpen = counters.ClientConnectionsOpen,
        ClientConnectionsAccepted = counters.ClientConnectionsAccepted,
        TunnelsOpen = counters.TunnelsOpen,
        TunnelsTotal = counters.TunnelsTotal,
        BytesFromClients = counters.BytesFromClients,
        BytesToClients = counters.BytesToClients,
        CutRequests = counters.CutRequests,
        CutTunnels = counters.CutTunnels,
        Latency = counters.Latency is { } latency ? new LatencySummary(latency.P50, latency.P90, latency.P95, latency.P99, latency.Max) : null,
        Ports = [.. counters.Targets.OrderByDescending(t => t.Active).Select(t => new PortTraffic(t.Port, t.Active, t.Requests, t.Inflight, t.Tunnels, t.Errors))],
        Reactors = [.. counters.Reactors.Select(r => new ReactorTraffic(r.ClientsOpen, r.ClientsAccepted, r.Requests))],
    };
}

using Portok.Admin.Contract;
using Portok.Admin.Serving;
using Portok.Deployment;
using Portok.Deployment.DataPlane;

namespace Portok.Admin.Endpoints;

/// <summary>GET /__metrics: the counters of the traffic and what the regular probes say.</summary>
internal sealed class MetricsEndpoint(IDeployment deployment, ITrafficSource traffic, Func<ProcessReport> process)
{
    public AdminReply Answer(AdminSettings settings) =>
        Replies.Json(200, Map(deployment.Status, traffic.Read(), settings.DebugUpstream) with { Process = process() }, AdminJson.Default.MetricsAnswer);

    private static MetricsAnswer Map(DeploymentStatus status, TrafficSnapshot traffic, bool debugUpstream) => new()
    {
        StartedAt = status.StartedAt,
        Inflight = traffic.Inflight,
        InflightMax = traffic.InflightMax,
        TotalRequests = traffic.TotalRequests,
        TotalProxyErrors = traffic.TotalProxyErrors,
        StatusCounters = Map(traffic.Statuses),
        RollingRps60 = traffic.RollingRps60 is double rps ? Math.Round(rps, 2) : null,
        Health = new HealthReport
        {
            ActivePortOk = status.Health.ActivePortOk,
            LastCheckedAt = status.Health.LastCheckedAt,
            ConsecutiveFails = status.Health.ConsecutiveFails,
        },
        LastProxyError = Map(traffic.LastProxyError),
        UpstreamSocketsCreated = debugUpstream ? traffic.UpstreamConnectionsOpened : null,
        Latency = Map(traffic.Latency),
        Bytes = new BytesReport { FromClients = traffic.BytesFromClients, ToClients = traffic.BytesToClients },
        Connections = new ConnectionsReport
        {
            ClientsOpen = traffic.ClientConnectionsOpen,
            ClientsAccepted = traffic.ClientConnectionsAccepted,
            UpstreamOpen = traffic.UpstreamConnectionsOpen,
            UpstreamIdle = traffic.UpstreamConnectionsIdle,
        },
        Tunnels = new TunnelsReport { Open = traffic.TunnelsOpen, Total = traffic.TunnelsTotal },
        Cut = new CutReport { Requests = traffic.CutRequests, Tunnels = traffic.CutTunnels },
        Targets = [.. traffic.Ports.Select(Map)],
        Reactors = [.. traffic.Reactors.Select(Map)],
    };

    private static StatusCounters? Map(IReadOnlyList<long>? statuses) => statuses is null ? null : new StatusCounters
    {
        Informational = statuses[0],
        Success = statuses[1],
        Redirection = statuses[2],
        ClientError = statuses[3],
        ServerError = statuses[4],
    };

    private static ProxyErrorReport? Map(LastProxyError? error) =>
        error is null ? null : new ProxyErrorReport { At = error.At, Kind = error.Kind, Message = error.Message, Port = error.Port };

    private static LatencyReport? Map(LatencySummary? latency) => latency is null ? null : new LatencyReport
    {
        P50 = Reports.Milliseconds(latency.P50),
        P90 = Reports.Milliseconds(latency.P90),
        P95 = Reports.Milliseconds(latency.P95),
        P99 = Reports.Milliseconds(latency.P99),
        Max = Reports.Milliseconds(latency.Max),
    };

    private static TargetReport Map(PortTraffic port) => new()
    {
        Port = port.Port,
        Active = port.Active,
        Requests = port.Requests,
        Inflight = port.Inflight,
        Tunnels = port.Tunnels,
        Errors = port.Errors,
    };

    private static ReactorReport Map(ReactorTraffic reactor) => new()
    {
        ClientsOpen = reactor.ClientsOpen,
        ClientsAccepted = reactor.ClientsAccepted,
        Requests = reactor.Requests,
    };
}

namespace Portok.Deployment.DataPlane;

/// <summary>Counts of the relayed traffic. Admin requests are not among them.</summary>
public interface ITrafficSource
{
    /// <summary>A sum over all reactors, made now. Any thread.</summary>
    TrafficSnapshot Read();
}

/// <summary>One reading of the traffic counters. With FAST_PATH=1 the nullable ones are null.</summary>
public sealed record TrafficSnapshot
{
    public required long Inflight { get; init; }
    public required long InflightMax { get; init; }
    public required long TotalRequests { get; init; }
    public required long TotalProxyErrors { get; init; }

    /// <summary>Responses by class, index 0 for 1xx … 4 for 5xx; null with FAST_PATH=1.</summary>
    public IReadOnlyList<long>? Statuses { get; init; }

    /// <summary>Requests a second, averaged over the last 60 whole seconds (or since start, when shorter); null with FAST_PATH=1.</summary>
    public double? RollingRps60 { get; init; }

    public LastProxyError? LastProxyError { get; init; }

    /// <summary>Upstream connections opened since start.</summary>
    public required long UpstreamConnectionsOpened { get; init; }
    public required long UpstreamConnectionsOpen { get; init; }
    public required long UpstreamConnectionsIdle { get; init; }
    public required long ClientConnectionsOpen { get; init; }
    public required long ClientConnectionsAccepted { get; init; }
    public required long TunnelsOpen { get; init; }
    public required long TunnelsTotal { get; init; }
    public required long BytesFromClients { get; init; }
    public required long BytesToClients { get; init; }

    /// <summary>Requests and tunnels cut because a drain or a stop ran out of time.</summary>
    public required long CutRequests { get; init; }
    public required long CutTunnels { get; init; }

    /// <summary>Latency from request head read to response sent, in milliseconds, of this minute and the one before; null when no request ended in them or with FAST_PATH=1.</summary>
    public LatencySummary? Latency { get; init; }

    /// <summary>Counts by port, for every port that is active or still has work, active first.</summary>
    public required IReadOnlyList<PortTraffic> Ports { get; init; }

    /// <summary>What each reactor has, in their order.</summary>
    public IReadOnlyList<ReactorTraffic> Reactors { get; init; } = [];
}

/// <summary>The last request that Portok had to answer itself because of the app: kind is the RFC 9209 error token.</summary>
public sealed record LastProxyError(DateTimeOffset At, string Kind, string Message, int Port);

/// <summary>Latency in milliseconds.</summary>
public sealed record LatencySummary(double P50, double P90, double P95, double P99, double Max);

/// <summary>Traffic of one port.</summary>
public sealed record PortTraffic(int Port, bool Active, long Requests, long Inflight, long Tunnels, long Errors);

/// <summary>Traffic of one reactor: client connections open now and taken since the start, requests since the start.</summary>
public sealed record ReactorTraffic(long ClientsOpen, long ClientsAccepted, long Requests);

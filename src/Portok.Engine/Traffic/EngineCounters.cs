namespace Portok.Engine.Traffic;

/// <summary>One reading of the engine's counters, summed over its reactors.</summary>
public sealed record EngineCounters
{
    public required long Inflight { get; init; }
    public required long InflightMax { get; init; }
    public required long TotalRequests { get; init; }
    public required long TotalProxyErrors { get; init; }

    /// <summary>Responses by class, index 0 for 1xx … 4 for 5xx; null with FastPath.</summary>
    public long[]? Statuses { get; init; }
    public double? RollingRps60 { get; init; }
    public EngineError? LastProxyError { get; init; }
    public required long UpstreamConnectionsOpened { get; init; }
    public required long UpstreamConnectionsOpen { get; init; }
    public required long UpstreamConnectionsIdle { get; init; }
    public required long ClientConnectionsOpen { get; init; }
    public required long ClientConnectionsAccepted { get; init; }
    public required long TunnelsOpen { get; init; }
    public required long TunnelsTotal { get; init; }
    public required long BytesFromClients { get; init; }
    public required long BytesToClients { get; init; }
    public required long CutRequests { get; init; }
    public required long CutTunnels { get; init; }

    /// <summary>Latency in milliseconds of this minute and the one before; null with FastPath or when no request ended in them.</summary>
    public EngineLatency? Latency { get; init; }
    public required IReadOnlyList<TargetCounters> Targets { get; init; }

    /// <summary>What each reactor has, in their order: shows whether connections are shared out evenly.</summary>
    public IReadOnlyList<ReactorShare> Reactors { get; init; } = [];
}

/// <summary>The last request that Portok answered itself because of the app. Kind is the RFC 9209 error token.</summary>
public sealed record EngineError(DateTimeOffset At, string Kind, string Message, int Port);

/// <summary>Latency percentiles in milliseconds, from request head read to response sent.</summary>
public sealed record EngineLatency(double P50, double P90, double P95, double P99, double Max);

/// <summary>Counts of one target that is active or still has work.</summary>
public sealed record TargetCounters(int Port, bool Active, long Requests, long Inflight, long Tunnels, long Errors);

/// <summary>One reactor's part of the traffic: client connections open now and taken since the start, requests since the start.</summary>
public sealed record ReactorShare(long ClientsOpen, long ClientsAccepted, long Requests);

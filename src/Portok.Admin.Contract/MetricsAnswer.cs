using System.Text.Json.Serialization;

namespace Portok.Admin.Contract;

/// <summary>Answer of <see cref="AdminPaths.Metrics"/>. Admin requests are in none of the counts.</summary>
public sealed record MetricsAnswer
{
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Requests in flight now.</summary>
    public required long Inflight { get; init; }

    /// <summary>Most requests that were in flight at once since the start.</summary>
    public required long InflightMax { get; init; }

    public required long TotalRequests { get; init; }

    /// <summary>Requests Portok had to answer itself because of the app.</summary>
    public required long TotalProxyErrors { get; init; }

    /// <summary>Responses by class; null with FAST_PATH=1.</summary>
    public required StatusCounters? StatusCounters { get; init; }

    /// <summary>Requests a second over the last 60 seconds; null with FAST_PATH=1.</summary>
    public required double? RollingRps60 { get; init; }

    public required HealthReport Health { get; init; }

    /// <summary>The last proxy error; null before the first.</summary>
    public required ProxyErrorReport? LastProxyError { get; init; }

    /// <summary>Upstream connections opened since the start; there with DEBUG_UPSTREAM=1 only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? UpstreamSocketsCreated { get; init; }

    /// <summary>Of this minute and the one before; null when no request ended in them, and with FAST_PATH=1.</summary>
    public required LatencyReport? Latency { get; init; }

    public required BytesReport Bytes { get; init; }

    public required ConnectionsReport Connections { get; init; }

    public required TunnelsReport Tunnels { get; init; }

    /// <summary>What a drain or a stop that ran out of time cut off.</summary>
    public required CutReport Cut { get; init; }

    /// <summary>Counts of every port that is active or still has work, the active one first.</summary>
    public required IReadOnlyList<TargetReport> Targets { get; init; }

    /// <summary>What each reactor (thread that relays) has, in their order; empty from daemons that did not report it yet.</summary>
    public IReadOnlyList<ReactorReport> Reactors { get; init; } = [];

    /// <summary>The daemon's process; null from daemons that did not report it yet.</summary>
    public ProcessReport? Process { get; init; }
}

/// <summary>What the regular probes of the active port say.</summary>
public sealed record HealthReport
{
    /// <summary>Null before the first probe.</summary>
    public required bool? ActivePortOk { get; init; }

    /// <summary>Null before the first probe.</summary>
    public required DateTimeOffset? LastCheckedAt { get; init; }

    public required int ConsecutiveFails { get; init; }
}

/// <summary>A request that Portok answered itself because of the app.</summary>
public sealed record ProxyErrorReport
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The error type of RFC 9209, section 2.3.</summary>
    public required string Kind { get; init; }

    public required string Message { get; init; }

    /// <summary>The port the request was for.</summary>
    public required int Port { get; init; }
}

using System.Text.Json.Serialization;

namespace Portok.Admin.Contract;

/// <summary>Responses by class.</summary>
public sealed record StatusCounters
{
    [JsonPropertyName("1xx")]
    public required long Informational { get; init; }

    [JsonPropertyName("2xx")]
    public required long Success { get; init; }

    [JsonPropertyName("3xx")]
    public required long Redirection { get; init; }

    [JsonPropertyName("4xx")]
    public required long ClientError { get; init; }

    [JsonPropertyName("5xx")]
    public required long ServerError { get; init; }
}

/// <summary>Milliseconds from request head read to response sent.</summary>
public sealed record LatencyReport
{
    public required double P50 { get; init; }

    public required double P90 { get; init; }

    public required double P95 { get; init; }

    public required double P99 { get; init; }

    public required double Max { get; init; }
}

/// <summary>Bytes on client connections since the start.</summary>
public sealed record BytesReport
{
    public required long FromClients { get; init; }

    public required long ToClients { get; init; }
}

/// <summary>Connections on both sides.</summary>
public sealed record ConnectionsReport
{
    public required long ClientsOpen { get; init; }

    public required long ClientsAccepted { get; init; }

    public required long UpstreamOpen { get; init; }

    public required long UpstreamIdle { get; init; }
}

/// <summary>Tunnels (WebSocket and other upgrades).</summary>
public sealed record TunnelsReport
{
    public required long Open { get; init; }

    public required long Total { get; init; }
}

/// <summary>Work cut off because its time was over.</summary>
public sealed record CutReport
{
    public required long Requests { get; init; }

    public required long Tunnels { get; init; }
}

/// <summary>Counts of one port.</summary>
public sealed record TargetReport
{
    public required int Port { get; init; }

    public required bool Active { get; init; }

    public required long Requests { get; init; }

    public required long Inflight { get; init; }

    public required long Tunnels { get; init; }

    public required long Errors { get; init; }
}

/// <summary>One reactor's part of the traffic.</summary>
public sealed record ReactorReport
{
    public required long ClientsOpen { get; init; }

    public required long ClientsAccepted { get; init; }

    public required long Requests { get; init; }
}

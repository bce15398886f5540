namespace Portok.Engine;

/// <summary>What the data plane is built with; fixed for its life, but for <see cref="EngineLimits"/>.</summary>
public sealed record EngineOptions
{
    /// <summary>Reactor threads, 1–64.</summary>
    public int Reactors { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>The public port: part of nothing on the wire, but of messages.</summary>
    public required int ListenPort { get; init; }

    /// <summary>Reuse upstream connections. UPSTREAM_KEEPALIVE.</summary>
    public bool UpstreamKeepAlive { get; init; } = true;

    /// <summary>Cap of upstream connections to one port; past it requests wait in order. UPSTREAM_MAX_SOCKETS, at least 1.</summary>
    public int UpstreamMaxSockets { get; init; } = 1024;

    /// <summary>Delay of TCP keep-alive probes on upstream connections in milliseconds (rounded up to a second). UPSTREAM_KEEPALIVE_MSECS.</summary>
    public int UpstreamKeepAliveProbeDelayMs { get; init; } = 1000;

    /// <summary>ENABLE_XFWD.</summary>
    public bool AddForwarded { get; init; } = true;

    /// <summary>No status counters, no rolling rate, no latency. FAST_PATH.</summary>
    public bool FastPath { get; init; }

    /// <summary>The admin API's Unix socket, which the exact admin paths are relayed to; null: those paths go to the app.</summary>
    public string? AdminSocketPath { get; init; }

    /// <summary>Largest request head in bytes, 1024–1048576. MAX_HEADER_BYTES.</summary>
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>Most field lines of a request head, 8–1024. MAX_HEADERS.</summary>
    public int MaxHeaders { get; init; } = 128;

    /// <summary>
    /// Descriptors the process can still open. They are shared out so that clients never take those that connections to the
    /// app need: past their share clients are refused with 503. 0: not known, nothing is limited.
    /// </summary>
    public int FreeDescriptors { get; init; }

    /// <summary>Bodies of the user's for Portok's own answers.</summary>
    public ErrorPages ErrorPages { get; init; } = ErrorPages.None;

    /// <summary>The limits at the start.</summary>
    public EngineLimits Limits { get; init; } = new();
}

/// <summary>Limits that may be changed while traffic runs: what begins after the change follows the new ones.</summary>
public sealed record EngineLimits
{
    /// <summary>An idle client connection is closed after this, in ms. SERVER_KEEPALIVE_TIMEOUT; 0 never.</summary>
    public int ServerKeepAliveTimeoutMs { get; init; } = 5000;

    /// <summary>A request head must be complete within this, in ms. SERVER_HEADERS_TIMEOUT.</summary>
    public int ServerHeadersTimeoutMs { get; init; } = 6000;

    /// <summary>Idle time in ms, counted from the last byte, after which a silent app is given up. UPSTREAM_RESPONSE_TIMEOUT_MS; 0 never.</summary>
    public int UpstreamResponseTimeoutMs { get; init; } = 60000;

    /// <summary>Time for connecting to the app, in ms.</summary>
    public int UpstreamConnectTimeoutMs { get; init; } = 5000;

    /// <summary>Idle time in ms after which a client that stopped sending its body or reading its answer is given up; 0 never.</summary>
    public int ClientIdleTimeoutMs { get; init; } = 60000;

    /// <summary>Largest request body in bytes; 0 no limit. MAX_BODY_BYTES.</summary>
    public long MaxBodyBytes { get; init; }
}

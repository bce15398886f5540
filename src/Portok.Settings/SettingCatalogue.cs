using System.Net;
using Microsoft.Extensions.Logging;
using Portok.Settings.Types;

namespace Portok.Settings;

/// <summary>The form of log lines.</summary>
public enum LogForm
{
    /// <summary>Text on a terminal, JSON elsewhere.</summary>
    Auto,
    Text,
    Json,
}

/// <summary>
/// Every variable of the daemon. The single source for reading them, for fault messages, for --help and for the table in the
/// documentation.
/// </summary>
public static class SettingCatalogue
{
    private const int Day = 86_400_000;
    private const int TenMinutes = 600_000;
    private const SettingChange Live = SettingChange.Live;

    private static readonly Flag OnOff = new();
    private static readonly WholeNumber<int> Port = new(1, 65535);
    private static readonly WholeNumber<int> UpToADay = new(0, Day, "milliseconds");
    private static readonly WholeNumber<int> UpToTenMinutes = new(1, TenMinutes, "milliseconds");

    public static readonly Setting<string> InstanceName = new("INSTANCE_NAME", new InstanceNameType(), "default",
        "Name of this daemon among others on the host: in logs, in /__status and in the name of the state file.");

    public static readonly Setting<int> ListenPort = new("LISTEN_PORT", Port, 3000,
        "The public port. A listening socket handed over by systemd is used instead of opening one.");

    public static readonly Setting<IPAddress?> ListenHost = new("LISTEN_HOST", new ListenAddress(), null,
        "Address to listen on.", ":: with IPv4 too, or 0.0.0.0 where IPv6 is off");

    public static readonly Setting<int> InitialTargetPort = Setting.WithoutDefault("INITIAL_TARGET_PORT", Port,
        "Port of the app at 127.0.0.1 at the very first start; a saved state wins over it.");

    public static readonly Setting<string?> StateFile = new("STATE_FILE", new FilePath("a file in a folder the daemon may write to"), null,
        "The saved state: active port, last switch, open rollback window.", "/var/lib/portok/<instance>.json");

    public static readonly Setting<string> HealthPath = new("HEALTH_PATH", new RequestTarget(), "/health",
        "What a probe asks for; only a 2xx answer is healthy.")
    { Change = Live };

    public static readonly Setting<int> HealthTimeoutMs = new("HEALTH_TIMEOUT_MS", UpToTenMinutes, 5000,
        "Time for a whole probe, from connecting to the last byte needed.")
    { Change = Live };

    public static readonly Setting<int> DrainMs = new("DRAIN_MS", UpToADay, 30_000,
        "How long old work may go on after a switch, and all work after SIGTERM.")
    { Change = Live };

    public static readonly Setting<int> RollbackWindowMs = new("ROLLBACK_WINDOW_MS", UpToADay, 60_000,
        "How long a switch is watched; 0 turns automatic rollback off.")
    { Change = Live };

    public static readonly Setting<int> RollbackCheckEveryMs = new("ROLLBACK_CHECK_EVERY_MS", new WholeNumber<int>(10, Day, "milliseconds"), 5000,
        "Time between probes of the active port.")
    { Change = Live };

    public static readonly Setting<int> RollbackFailThreshold = new("ROLLBACK_FAIL_THRESHOLD", new WholeNumber<int>(1, 1000), 3,
        "Failed probes in a row, inside the window, that lead back to the previous port.")
    { Change = Live };

    public static readonly Setting<string> AdminToken = Setting.WithoutDefault("ADMIN_TOKEN", new SecretText(),
        "The admin secret, sent as x-admin-token or as a bearer token.", secret: true, change: Live);

    public static readonly Setting<IReadOnlyList<IPNetwork>> AdminAllowlist = new("ADMIN_ALLOWLIST", new AddressRanges(),
        [new IPNetwork(IPAddress.Loopback, 32), new IPNetwork(IPAddress.IPv6Loopback, 128)],
        "Who may use the admin API on the public port.")
    { Change = Live };

    public static readonly Setting<string?> AdminUnixSocket = new("ADMIN_UNIX_SOCKET", new FilePath("a socket", FilePath.MaxSocketPath), null,
        "The admin API on this Unix socket too, without address and rate checks.", "none");

    public static readonly Setting<bool> AdminOnPublicPort = new("ADMIN_ON_PUBLIC_PORT", OnOff, true,
        "0: the admin API only on the Unix socket; its paths on the public port go to the app.");

    public static readonly Setting<int> AdminRateLimitPerMinute = new("ADMIN_RATE_LIMIT_PER_MINUTE", new WholeNumber<int>(0, 100_000), 10,
        "Admin requests a minute and address on the public port; 0 turns the limit off.")
    { Change = Live };

    public static readonly Setting<bool> FastPath = new("FAST_PATH", OnOff, false,
        "1: no status counters, no rolling rate, no latency; their metrics report null.");

    public static readonly Setting<int> Reactors = new("REACTORS", new ReactorCount(), ReactorCount.Auto,
        "Threads that relay traffic; auto is one per core.");

    public static readonly Setting<bool> UpstreamKeepAlive = new("UPSTREAM_KEEPALIVE", OnOff, true,
        "Reuse connections to the app.");

    public static readonly Setting<int> UpstreamMaxSockets = new("UPSTREAM_MAX_SOCKETS", new WholeNumber<int>(1, 1_000_000), 1024,
        "Most connections to the app; past it requests wait in order, they do not fail.");

    public static readonly Setting<int> UpstreamKeepAliveMsecs = new("UPSTREAM_KEEPALIVE_MSECS", new WholeNumber<int>(1, 32_767_000, "milliseconds"), 1000,
        "Delay of TCP keep-alive probes on connections to the app, rounded up to a second.");

    public static readonly Setting<int> UpstreamConnectTimeoutMs = new("UPSTREAM_CONNECT_TIMEOUT_MS", UpToTenMinutes, 5000,
        "Time for connecting to the app; then 504.")
    { Change = Live };

    public static readonly Setting<int> UpstreamResponseTimeoutMs = new("UPSTREAM_RESPONSE_TIMEOUT_MS", UpToADay, 60_000,
        "Idle time, counted from the last byte, after which a silent app is given up with 504; 0 never.")
    { Change = Live };

    public static readonly Setting<int> ServerKeepAliveTimeout = new("SERVER_KEEPALIVE_TIMEOUT", UpToADay, 5000,
        "An idle client connection is closed after this many milliseconds; 0 never.")
    { Change = Live };

    public static readonly Setting<int> ServerHeadersTimeout = new("SERVER_HEADERS_TIMEOUT", new WholeNumber<int>(1, Day, "milliseconds"), 6000,
        "A whole request head must arrive in this time, else 408; larger than SERVER_KEEPALIVE_TIMEOUT.")
    { Change = Live };

    public static readonly Setting<int> ClientIdleTimeoutMs = new("CLIENT_IDLE_TIMEOUT_MS", UpToADay, 60_000,
        "Idle time after which a client that stopped sending its body or reading its answer is given up; 0 never.")
    { Change = Live };

    public static readonly Setting<bool> EnableXfwd = new("ENABLE_XFWD", OnOff, true,
        "Add X-Forwarded-For, -Proto, -Host and -Port.");

    public static readonly Setting<int> MaxHeaderBytes = new("MAX_HEADER_BYTES", new WholeNumber<int>(1024, 1_048_576, "bytes"), 32_768,
        "Largest request head; over it 431, or 414 when the request line alone is.");

    public static readonly Setting<int> MaxHeaders = new("MAX_HEADERS", new WholeNumber<int>(8, 1024), 128,
        "Most header lines of a request; over it 431.");

    public static readonly Setting<long> MaxBodyBytes = new("MAX_BODY_BYTES", new WholeNumber<long>(0, long.MaxValue, "bytes"), 0,
        "Largest request body; over it 413; 0 no limit.")
    { Change = Live };

    public static readonly Setting<string?> ErrorPagesDir = new("ERROR_PAGES_DIR", new FilePath("a folder that can be read"), null,
        "Folder with bodies for Portok's own answers: 502.html, 502.json, 502.txt and so on.", "none");

    public static readonly Setting<bool> DebugUpstream = new("DEBUG_UPSTREAM", OnOff, false,
        "1: report upstreamSocketsCreated in /__metrics.");

    public static readonly Setting<bool> VerboseErrors = new("VERBOSE_ERRORS", OnOff, false,
        "1: log whole exceptions with their stack, not only what they say.")
    { Change = Live };

    public static readonly Setting<LogForm> LogFormat = new("LOG_FORMAT",
        new OneOf<LogForm>(("text", LogForm.Text), ("json", LogForm.Json), ("auto", LogForm.Auto)), LogForm.Auto,
        "Form of log lines.", "auto: text on a terminal, else json");

    public static readonly Setting<LogLevel> LogLevel = new("LOG_LEVEL", new OneOf<LogLevel>(
            ("trace", Microsoft.Extensions.Logging.LogLevel.Trace),
            ("debug", Microsoft.Extensions.Logging.LogLevel.Debug),
            ("info", Microsoft.Extensions.Logging.LogLevel.Information),
            ("warn", Microsoft.Extensions.Logging.LogLevel.Warning),
            ("error", Microsoft.Extensions.Logging.LogLevel.Error),
            ("off", Microsoft.Extensions.Logging.LogLevel.None)), Microsoft.Extensions.Logging.LogLevel.Information,
        "The least important lines that are still written.")
    { Change = Live };

    /// <summary>All of them, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<SettingDefinition> All =
    [
        InstanceName, ListenPort, ListenHost, InitialTargetPort, StateFile,
        HealthPath, HealthTimeoutMs, DrainMs, RollbackWindowMs, RollbackCheckEveryMs, RollbackFailThreshold,
        AdminToken, AdminAllowlist, AdminUnixSocket, AdminOnPublicPort, AdminRateLimitPerMinute,
        UpstreamKeepAlive, UpstreamMaxSockets, UpstreamKeepAliveMsecs, UpstreamConnectTimeoutMs, UpstreamResponseTimeoutMs,
        ServerKeepAliveTimeout, ServerHeadersTimeout, ClientIdleTimeoutMs, EnableXfwd,
        MaxHeaderBytes, MaxHeaders, MaxBodyBytes, ErrorPagesDir,
        Reactors, FastPath, DebugUpstream, VerboseErrors, LogFormat, LogLevel,
    ];
}

using Portok.Engine;
using Portok.Settings;

namespace Portok.Daemon.Traffic;

/// <summary>The daemon's settings in the engine's words. Pure.</summary>
internal static class EngineSettings
{
    /// <summary>What is fixed for the life of the engine, and the limits at its start.</summary>
    /// <param name="listenPort">The public port as it really is.</param>
    /// <param name="adminSocket">The private socket of the admin API.</param>
    public static EngineOptions Options(DaemonSettings settings, int listenPort, string adminSocket, ErrorPages pages) => new()
    {
        Reactors = settings.Reactors,
        ListenPort = listenPort,
        UpstreamKeepAlive = settings.UpstreamKeepAlive,
        UpstreamMaxSockets = settings.UpstreamMaxSockets,
        UpstreamKeepAliveProbeDelayMs = settings.UpstreamKeepAliveMsecs,
        AddForwarded = settings.EnableXfwd,
        FastPath = settings.FastPath,
        AdminSocketPath = settings.AdminOnPublicPort ? adminSocket : null,
        MaxHeaderBytes = settings.MaxHeaderBytes,
        MaxHeaders = settings.MaxHeaders,
        ErrorPages = pages,
        Limits = Limits(settings),
    };

    /// <summary>What may change while traffic runs.</summary>
    public static EngineLimits Limits(DaemonSettings settings) => new()
    {
        ServerKeepAliveTimeoutMs = settings.ServerKeepAliveTimeoutMs,
        ServerHeadersTimeoutMs = settings.ServerHeadersTimeoutMs,
        UpstreamResponseTimeoutMs = settings.UpstreamResponseTimeoutMs,
        UpstreamConnectTimeoutMs = settings.UpstreamConnectTimeoutMs,
        ClientIdleTimeoutMs = settings.ClientIdleTimeoutMs,
        MaxBodyBytes = settings.MaxBodyBytes,
    };
}

using System.Net;
using Microsoft.Extensions.Logging;
using Portok.Admin.Guard;

namespace Portok.Admin;

/// <summary>
/// What the admin API logs, event ids 2000–2999. No parameter is text as a client wrote it: addresses and users are
/// parsed, ports are numbers, paths are constants or the operator's own.
/// </summary>
internal static partial class AdminLog
{
    [LoggerMessage(2000, LogLevel.Information, "Admin API listens on {Path}")]
    public static partial void Listening(ILogger logger, string path);

    [LoggerMessage(2001, LogLevel.Information, "Admin API stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(2002, LogLevel.Warning, "Replaced {Path}: a socket on which nothing listens any more")]
    public static partial void StaleSocketReplaced(ILogger logger, string path);

    [LoggerMessage(2003, LogLevel.Information, "Admin API settings applied: allowlist {Allowlist}, {RateLimitPerMinute} requests a minute")]
    public static partial void SettingsApplied(ILogger logger, Allowlist allowlist, int rateLimitPerMinute);

    [LoggerMessage(2004, LogLevel.Warning, "The user behind a connection to the admin socket is not known; it needs the token")]
    public static partial void PeerUidUnknown(ILogger logger);

    [LoggerMessage(2100, LogLevel.Warning, "Admin request refused: address {Address} ({Finding}, relayed for {Stranger}); {LeftOut} such lines left out before")]
    public static partial void AddressRefused(ILogger logger, IPAddress address, AddressFinding finding, IPAddress? stranger, int leftOut);

    [LoggerMessage(2101, LogLevel.Warning, "Admin request refused: {Address} asked more than {Limit} times a minute; {LeftOut} such lines left out before")]
    public static partial void RateLimited(ILogger logger, IPAddress address, int limit, int leftOut);

    [LoggerMessage(2102, LogLevel.Information, "Admin request without a token from {Caller}")]
    public static partial void TokenMissing(ILogger logger, string caller);

    [LoggerMessage(2103, LogLevel.Warning, "Admin request with a wrong token from {Caller}")]
    public static partial void TokenWrong(ILogger logger, string caller);

    [LoggerMessage(2104, LogLevel.Warning, "Admin request with a wrong token from {Caller} on the Unix socket; {LeftOut} such lines left out before")]
    public static partial void TokenWrongOnUnixSocket(ILogger logger, string caller, int leftOut);

    [LoggerMessage(2200, LogLevel.Debug, "{Caller} asked for {Endpoint}: {Status}")]
    public static partial void Asked(ILogger logger, string caller, string endpoint, int status);

    [LoggerMessage(2201, LogLevel.Information, "{Caller} asked to switch to port {Port}: {Outcome}")]
    public static partial void SwitchAsked(ILogger logger, string caller, int port, string outcome);

    [LoggerMessage(2202, LogLevel.Error, "{Endpoint} failed")]
    public static partial void Failed(ILogger logger, Exception exception, string endpoint);
}

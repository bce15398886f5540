using Microsoft.Extensions.Logging;

namespace Portok.Deployment.Rollback;

/// <summary>What the watch tells a person: events 1400–1499.</summary>
internal static partial class WatchLog
{
    [LoggerMessage(1400, LogLevel.Warning, "Probe of the active port {Port} failed inside its rollback window: {Why} ({Failures} of {Threshold} in a row).")]
    public static partial void FailedInWindow(ILogger logger, int port, string why, int failures, int threshold);

    [LoggerMessage(1401, LogLevel.Warning, "The active port {Port} is not healthy: {Why}. No rollback window is open, traffic stays.")]
    public static partial void Unhealthy(ILogger logger, int port, string why);

    [LoggerMessage(1402, LogLevel.Information, "The active port {Port} is healthy again after {Failures} failed probes.")]
    public static partial void HealthyAgain(ILogger logger, int port, int failures);

    [LoggerMessage(1403, LogLevel.Information, "The rollback window of port {Port} is over; it stays.")]
    public static partial void WindowOver(ILogger logger, int port);

    [LoggerMessage(1404, LogLevel.Error, "A check of the active port {Port} went wrong in Portok itself; the watch goes on.")]
    public static partial void CheckFailed(ILogger logger, Exception fault, int port);
}

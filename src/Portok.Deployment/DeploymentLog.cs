using Microsoft.Extensions.Logging;

namespace Portok.Deployment;

/// <summary>What the control plane as a whole tells a person: events 1000–1099.</summary>
internal static partial class DeploymentLog
{
    [LoggerMessage(1000, LogLevel.Information, "Instance {Instance} begins with port {Port}; no switch has been saved yet.")]
    public static partial void StartedAnew(ILogger logger, string instance, int port);

    [LoggerMessage(1001, LogLevel.Information, "Instance {Instance} goes on with port {Port}, as saved.")]
    public static partial void StartedFromState(ILogger logger, string instance, int port);

    [LoggerMessage(1002, LogLevel.Information, "INITIAL_TARGET_PORT is {Initial}, but the saved state names port {Port} and wins.")]
    public static partial void InitialTargetOverruled(ILogger logger, int initial, int port);

    [LoggerMessage(1003, LogLevel.Information, "The rollback window of port {Port} is still open until {Until}; the watch goes on, the way back is port {Previous}.")]
    public static partial void WindowResumed(ILogger logger, int port, DateTimeOffset until, int previous);

    [LoggerMessage(1004, LogLevel.Warning, "{Setting} has changed but needs a restart to take effect.")]
    public static partial void NeedsRestart(ILogger logger, string setting);
}

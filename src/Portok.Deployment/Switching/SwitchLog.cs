using Microsoft.Extensions.Logging;

namespace Portok.Deployment.Switching;

/// <summary>What switches and rollbacks tell a person: events 1200–1299.</summary>
internal static partial class SwitchLog
{
    [LoggerMessage(1200, LogLevel.Information, "Switched from port {From} to port {To} ({Reason}, id {Id}).")]
    public static partial void Switched(ILogger logger, int from, int to, string reason, string id);

    [LoggerMessage(1201, LogLevel.Warning, "Not switched to port {Port}: {Why}. Traffic stays on port {Active}.")]
    public static partial void ProbeFailed(ILogger logger, int port, string why, int active);

    [LoggerMessage(1202, LogLevel.Information, "Port {Port} is already active and healthy; nothing to switch.")]
    public static partial void AlreadyActive(ILogger logger, int port);

    [LoggerMessage(1203, LogLevel.Error, "Not switched to port {Port}, because the switch could not be saved. Traffic stays on port {Active}. {Why}")]
    public static partial void NotSaved(ILogger logger, int port, int active, string why);

    [LoggerMessage(1204, LogLevel.Information, "The switch with the key {Key} (now asked for port {Port}) was answered before ({Kind}); the first answer is given again.")]
    public static partial void KeyRepeated(ILogger logger, string key, int port, SwitchOutcomeKind kind);

    [LoggerMessage(1205, LogLevel.Critical, "Traffic could not be moved to port {Port}; port {Active} is saved as the active one again.")]
    public static partial void NotMoved(ILogger logger, Exception fault, int port, int active);

    [LoggerMessage(1210, LogLevel.Warning, "Port {Active} failed {Failures} probes in a row inside its rollback window; going back to port {Previous} if that one is healthy.")]
    public static partial void RollbackWanted(ILogger logger, int active, int failures, int previous);

    [LoggerMessage(1211, LogLevel.Warning, "Rolled back from port {From} to port {To}.")]
    public static partial void RolledBack(ILogger logger, int from, int to);

    [LoggerMessage(1212, LogLevel.Error, "NO ROLLBACK: port {Active} is failing, and port {Previous} is not healthy either ({Why}). Traffic stays on port {Active}. Bring one of the two up; Portok keeps watching and goes back as soon as it can.")]
    public static partial void NowhereToGo(ILogger logger, int active, int previous, string why);

    [LoggerMessage(1213, LogLevel.Error, "The rollback to port {Port} could not be saved; traffic goes there all the same, and saving is tried again after each probe. {Why}")]
    public static partial void RollbackNotSaved(ILogger logger, int port, string why);

    [LoggerMessage(1214, LogLevel.Information, "The state that could not be saved is saved now; the active port is {Port}.")]
    public static partial void OwedSavePaid(ILogger logger, int port);

    [LoggerMessage(1215, LogLevel.Warning, "The state that is in force is still not saved. {Why}")]
    public static partial void SaveStillOwed(ILogger logger, string why);
}

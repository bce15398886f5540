using Microsoft.Extensions.Logging;

namespace Portok.Daemon.Composition;

/// <summary>What the daemon as a whole tells a person: events 3000–3899.</summary>
internal static partial class DaemonLog
{
    [LoggerMessage(3000, LogLevel.Information, "portokd {Version} is ready after {Milliseconds} ms: {Where} is relayed to 127.0.0.1:{ActivePort}, with {Reactors} reactors.")]
    public static partial void Ready(ILogger logger, string version, long milliseconds, string where, int activePort, int reactors);

    [LoggerMessage(3001, LogLevel.Warning, "{Warning}")]
    public static partial void SettingDoubtful(ILogger logger, string warning);

    [LoggerMessage(3010, LogLevel.Information, "The settings were read again; nothing has changed.")]
    public static partial void NothingChanged(ILogger logger);

    [LoggerMessage(3011, LogLevel.Information, "{Setting} is now {To}; it was {From}.")]
    public static partial void SettingFollowed(ILogger logger, string setting, string to, string from);

    [LoggerMessage(3012, LogLevel.Warning, "{Setting} was changed from {From} to {To}, which needs a restart; {From} stays in force until then.")]
    public static partial void SettingNeedsRestart(ILogger logger, string setting, string from, string to);

    [LoggerMessage(3013, LogLevel.Error, "The settings were read again and are at fault; the old ones stay in force: {Fault}")]
    public static partial void ReloadRefused(ILogger logger, string fault);

    [LoggerMessage(3014, LogLevel.Warning, "SIGHUP: no environment file is known, so there is nothing to read again. Start portokd with --env-file PATH or PORTOK_ENV_FILE.")]
    public static partial void NoFileToRead(ILogger logger);

    [LoggerMessage(3015, LogLevel.Error, "Changed settings could not be taken over")]
    public static partial void ReloadFailed(ILogger logger, Exception problem);

    [LoggerMessage(3020, LogLevel.Information, "Stopping: {Requests} requests and {Tunnels} tunnels in flight may go on for at most {DrainMs} ms.")]
    public static partial void Stopping(ILogger logger, long requests, long tunnels, double drainMs);

    [LoggerMessage(3021, LogLevel.Information, "Stopped after {Milliseconds} ms; {CutRequests} requests and {CutTunnels} tunnels were cut.")]
    public static partial void Stopped(ILogger logger, long milliseconds, long cutRequests, long cutTunnels);

    [LoggerMessage(3022, LogLevel.Warning, "The stop is not finished a second after its deadline; leaving now.")]
    public static partial void StoppedLate(ILogger logger);

    [LoggerMessage(3023, LogLevel.Warning, "A second signal: leaving at once, work in flight is cut.")]
    public static partial void CutBySecondSignal(ILogger logger);

    [LoggerMessage(3030, LogLevel.Error, "A task failed and nobody looked at it")]
    public static partial void UnobservedFault(ILogger logger, Exception problem);

    [LoggerMessage(3032, LogLevel.Error, "A connection was closed because of a fault in Portok itself; please report it")]
    public static partial void EngineFault(ILogger logger, Exception problem);

    [LoggerMessage(3031, LogLevel.Error, "Something went wrong while stopping")]
    public static partial void StopFailed(ILogger logger, Exception problem);
}

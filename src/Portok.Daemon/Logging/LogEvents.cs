using Microsoft.Extensions.Logging;

namespace Portok.Daemon.Logging;

/// <summary>Event ids of the daemon that no generated logging method carries. The daemon's range is 3000–3999.</summary>
internal static class LogEvents
{
    /// <summary>Lines were dropped because the output did not take them.</summary>
    public static EventId LinesLost { get; } = new(3900, "LogLinesLost");
}

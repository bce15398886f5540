using Microsoft.Extensions.Logging;

namespace Portok.Deployment.Draining;

/// <summary>What drains tell a person: events 1300–1399.</summary>
internal static partial class DrainLog
{
    [LoggerMessage(1300, LogLevel.Information, "Port {Port} is drained: its last work ended within {Milliseconds} ms of the switch. It can be stopped.")]
    public static partial void Done(ILogger logger, int port, long milliseconds);

    [LoggerMessage(1301, LogLevel.Information, "Port {Port} is active again before its drain was over; its work goes on.")]
    public static partial void Cancelled(ILogger logger, int port);

    [LoggerMessage(1302, LogLevel.Information, "The drain of port {Port} is over with {Requests} requests and {Tunnels} tunnels left; the tunnels are closed now.")]
    public static partial void DeadlineReached(ILogger logger, int port, int requests, int tunnels);

    [LoggerMessage(1303, LogLevel.Warning, "Port {Port} still has {Requests} requests and {Tunnels} tunnels after its drain; they are cut.")]
    public static partial void Cut(ILogger logger, int port, int requests, int tunnels);
}

using Portok.Proof;

namespace Portok.Compare.Origins;

/// <summary>
/// An app that costs next to nothing: one thread, any number of connections. Reads request bodies to their end, echoes
/// WebSocket messages on /tunnel, sends events at a steady pace on /events.
/// </summary>
internal static class StreamApp
{
    /// <summary>The first argument that makes this program the app.</summary>
    public const string Verb = "stream-app";

    /// <summary>Serves until the process is ended.</summary>
    public static int Run(int port)
    {
        using var loop = new SocketLoop();
        loop.Listen(port, () => new StreamConnection(loop));
        while (true)
        {
            loop.RunFor(TimeSpan.FromHours(1));
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace Portok.Testing;

/// <summary>Finds TCP ports that nothing listens on.</summary>
public static class FreePort
{
    // Below the kernel's ephemeral range (32768–60999): a port out of that range may be taken as the local port of an
    // outgoing connection between being found free here and being bound by the process it is meant for.
    private const int Lowest = 15000;
    private const int Highest = 32000;

    /// <summary>A port, random so that test processes running side by side seldom pick the same.</summary>
    /// <exception cref="InvalidOperationException">A hundred candidates were all taken.</exception>
    public static int Next()
    {
        for (int attempt = 0; attempt < 100; attempt++)
        {
            int port = Random.Shared.Next(Lowest, Highest);
            if (IsFree(port))
                return port;
        }

        throw new InvalidOperationException($"No free port between {Lowest} and {Highest} in 100 attempts.");
    }

    /// <summary>Whether the port can be bound now, on every address.</summary>
    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

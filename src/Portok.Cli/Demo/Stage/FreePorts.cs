using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Portok.Cli.Demo.Stage;

/// <summary>Finds TCP ports that nothing uses.</summary>
internal static class FreePorts
{
    // Below the range that Linux gives to outgoing connections (32768 and up): between finding a port here and listening on
    // it, no connection of anybody's can take it by chance.
    private const int First = 20000;
    private const int End = 32000;
    private const int Attempts = 500;

    /// <summary>That many different ports, each free on every address at this moment.</summary>
    /// <exception cref="IOException">Too few are free.</exception>
    public static int[] Find(int count)
    {
        HashSet<int> found = [];
        for (int i = 0; i < Attempts && found.Count < count; i++)
        {
            int port = RandomNumberGenerator.GetInt32(First, End);
            if (IsFree(port))
            {
                found.Add(port);
            }
        }

        return found.Count == count ? [.. found] : throw new IOException($"No {count} free ports were found between {First} and {End}.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using Socket socket = Socket.OSSupportsIPv6
                ? new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true }
                : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Portok.Linux;
using Portok.Linux.Sockets;
using Portok.Linux.Systemd;
using Portok.Settings;

namespace Portok.Daemon.Listening;

/// <summary>The listening sockets of the public port.</summary>
/// <param name="Descriptors">Non-blocking, close-on-exec; whoever gets them owns them.</param>
/// <param name="Port">The port they listen on.</param>
/// <param name="Where">In words, for the log.</param>
/// <param name="Warnings">What was odd about sockets handed over.</param>
internal sealed record PublicListener(IReadOnlyList<int> Descriptors, int Port, string Where, IReadOnlyList<string> Warnings)
{
    // The kernel cuts this to net.core.somaxconn, 4096 by default.
    private const int Backlog = 4096;

    /// <summary>Takes over the sockets handed by the service manager or, when there are none, opens one.</summary>
    /// <param name="host">LISTEN_HOST; null: all addresses, IPv6 where there is any.</param>
    /// <exception cref="StartException">It cannot be listened there.</exception>
    public static PublicListener Open(IPAddress? host, int port, IReadOnlyList<HandedSocket> handed)
        => handed.Count > 0 ? Adopt(port, handed) : OpenOwn(host, port);

    private static PublicListener OpenOwn(IPAddress? host, int port)
    {
        IPAddress address = host ?? IPAddress.IPv6Any;
        // Only the unspecified address can mean IPv4 too; ::1 and the like cannot.
        SysResult opened = ListeningSocket.Open(address, port, dualStack: address.Equals(IPAddress.IPv6Any), Backlog);
        if (host is null && opened.Error is Errno.AddressFamilyNotSupported or Errno.AddressNotAvailable)
        {
            address = IPAddress.Any;
            opened = ListeningSocket.Open(address, port, dualStack: false, Backlog);
        }

        return opened.Ok
            ? new PublicListener([opened.Value], ListeningSocket.PortOf(opened.Value), new IPEndPoint(address, port).ToString(), [])
            : throw new StartException(Explain(address, port, opened.Error));
    }

    private static PublicListener Adopt(int port, IReadOnlyList<HandedSocket> handed)
    {
        List<int> descriptors = [];
        List<string> warnings = [];
        int actual = 0;
        foreach (HandedSocket socket in handed)
        {
            string name = $"socket {socket.Descriptor}{(socket.Name is null ? "" : $" ({LogSafe.Shorten(socket.Name)})")} handed over by the service manager";
            int bound = ListeningSocket.PortOf(socket.Descriptor);
            SysResult adopted = bound > 0 ? ListeningSocket.Adopt(socket.Descriptor) : SysResult.Failure(Errno.Invalid);
            if (!adopted.Ok)
            {
                throw new StartException($"{name} is no listening TCP socket ({adopted.Error}); the socket unit needs ListenStream= with a port and Accept=no");
            }

            if (actual != 0 && bound != actual)
            {
                throw new StartException($"{name} listens on port {bound}, another one on {actual}; one daemon has one public port");
            }

            actual = bound;
            descriptors.Add(adopted.Value);
        }

        if (actual != port)
        {
            warnings.Add($"LISTEN_PORT={port} is not the port {actual} of the socket handed over by the service manager; the socket is used");
        }

        return new PublicListener(descriptors, actual, $"port {actual}, handed over by the service manager", warnings);
    }

    private static string Explain(IPAddress address, int port, Errno error) => error switch
    {
        Errno.AddressInUse => $"port {port} is in use by another program; stop it (ss -ltnp 'sport = :{port}' names it) or choose another LISTEN_PORT",
        Errno.Access or Errno.Perm => $"port {port} may not be opened by this user; choose a LISTEN_PORT of 1024 or more, or allow it with CAP_NET_BIND_SERVICE",
        Errno.AddressNotAvailable => $"LISTEN_HOST={address} is no address of this machine",
        Errno.AddressFamilyNotSupported => $"LISTEN_HOST={address}: this machine has no {(address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4")}",
        _ => $"port {port} at {address} cannot be opened: {error}",
    };
}

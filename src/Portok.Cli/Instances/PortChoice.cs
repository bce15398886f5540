using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Portok.Cli.CommandLine;

namespace Portok.Cli.Instances;

/// <summary>Finds ports for a new instance: none that another instance has, and none that anything listens on.</summary>
/// <param name="taken">LISTEN_PORT and INITIAL_TARGET_PORT of the other instances.</param>
/// <param name="listening">Whether something listens on a port.</param>
internal sealed class PortChoice(IReadOnlySet<int> taken, Func<int, bool> listening)
{
    /// <summary>Public ports: 3000 to 3999.</summary>
    public static PortRange Public { get; } = new(3000, 3999);

    /// <summary>Ports of apps: 8000 to 8999.</summary>
    public static PortRange Apps { get; } = new(8000, 8999);

    /// <param name="instances">Those that are there already.</param>
    public static PortChoice Among(IEnumerable<Instance> instances) =>
        new(instances.SelectMany(i => (int?[])[i.ListenPort, i.TargetPort]).OfType<int>().ToHashSet(), IsListenedOn);

    /// <summary>A random free port of the range.</summary>
    /// <param name="not">One more port that is not to be taken; 0: none.</param>
    /// <exception cref="CommandFailure">All are taken.</exception>
    public int Any(PortRange range, int not = 0)
    {
        int count = range.Last - range.First + 1;
        int start = RandomNumberGenerator.GetInt32(count);
        for (int i = 0; i < count; i++)
        {
            int port = range.First + ((start + i) % count);
            if (port != not && !taken.Contains(port) && !listening(port))
            {
                return port;
            }
        }

        throw new CommandFailure(ExitCode.Refused, "No free port", $"Every port from {range.First} to {range.Last} is taken. Give one with --port or --target.");
    }

    /// <summary>Whether anything on this machine listens on the port, at any address. Binding finds what a container's /proc does not show.</summary>
    public static bool IsListenedOn(int port) =>
        ListensIn("/proc/net/tcp", port) || ListensIn("/proc/net/tcp6", port) || !CanBind(AddressFamily.InterNetwork, IPAddress.Any, port);

    /// <summary>Whether a table of the kernel's sockets (proc_net_tcp(5)) has a listening one on the port.</summary>
    internal static bool Lists(IEnumerable<string> table, int port)
    {
        const int localAddress = 1, state = 3;
        string wanted = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return table.Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(fields => fields.Length > state && fields[localAddress].EndsWith(wanted, StringComparison.Ordinal) && fields[state] is "0A");
    }

    private static bool ListensIn(string table, int port)
    {
        try
        {
            return Lists(File.ReadLines(table), port);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool CanBind(AddressFamily family, IPAddress address, int port)
    {
        using Socket socket = new(family, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Without it a port with connections that are closing (TIME_WAIT) would count as taken; a listener still does.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode != SocketError.AddressAlreadyInUse;
        }
    }
}

/// <summary>Ports from the first to the last, both included.</summary>
internal sealed record PortRange(int First, int Last);

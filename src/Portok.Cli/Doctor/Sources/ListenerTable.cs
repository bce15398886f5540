using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Portok.Cli.Doctor.Sources;

/// <summary>A listening TCP socket.</summary>
/// <param name="Inode">What ties it to a descriptor of a process.</param>
internal sealed record Listener(IPAddress Address, int Port, long Inode);

/// <summary>A process that holds a listening socket.</summary>
/// <param name="Name">Its program's name, as the kernel keeps it (15 bytes).</param>
internal sealed record SocketOwner(int Pid, string Name);

/// <summary>
/// The kernel's table of listening sockets (proc_net_tcp(5)) and the processes behind them. A process of somebody else shows its
/// descriptors to root only. Immutable but for the owners, which are looked for once.
/// </summary>
internal sealed class ListenerTable
{
    private const string Listening = "0A";

    private readonly string _proc;
    private readonly IReadOnlyList<Listener> _listeners;
    private readonly Lazy<IReadOnlyDictionary<long, IReadOnlyList<SocketOwner>>> _owners;

    private ListenerTable(string proc, IReadOnlyList<Listener> listeners)
    {
        _proc = proc;
        _listeners = listeners;
        _owners = new Lazy<IReadOnlyDictionary<long, IReadOnlyList<SocketOwner>>>(FindOwners);
    }

    /// <param name="proc">Where the kernel's files are.</param>
    public static ListenerTable Read(string proc = "/proc") =>
        new(proc, [.. ((string[])["tcp", "tcp6"]).SelectMany(table => Lines(Path.Combine(proc, "net", table))).Select(Parse).OfType<Listener>()]);

    /// <summary>The sockets that listen on a port.</summary>
    public IReadOnlyList<Listener> On(int port) => [.. _listeners.Where(l => l.Port == port)];

    /// <summary>The processes that listen on a port, as far as this user may see them.</summary>
    public IReadOnlyList<SocketOwner> OwnersOf(int port) =>
        [.. On(port).SelectMany(l => _owners.Value.TryGetValue(l.Inode, out IReadOnlyList<SocketOwner>? owners) ? owners : []).DistinctBy(o => o.Pid).OrderBy(o => o.Pid)];

    /// <summary>One line of the table; null when it is no listening socket.</summary>
    internal static Listener? Parse(string line)
    {
        const int local = 1, state = 3, inode = 9;
        string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= inode || fields[state] is not Listening || fields[local].Split(':') is not [{ } address, { } port])
        {
            return null;
        }

        return Address(address) is { } at && int.TryParse(port, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number)
            && long.TryParse(fields[inode], NumberStyles.None, CultureInfo.InvariantCulture, out long node)
            ? new Listener(at, number, node)
            : null;
    }

    /// <summary>The address is written as 32-bit words in the byte order of the machine.</summary>
    private static IPAddress? Address(string hex)
    {
        if (hex.Length is not (8 or 32))
        {
            return null;
        }

        byte[] bytes = new byte[hex.Length / 2];
        for (int word = 0; word < bytes.Length; word += sizeof(uint))
        {
            if (!uint.TryParse(hex.AsSpan(word * 2, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
            {
                return null;
            }

            if (BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(word), value);
            }
            else
            {
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(word), value);
            }
        }

        return new IPAddress(bytes);
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private Dictionary<long, IReadOnlyList<SocketOwner>> FindOwners()
    {
        HashSet<string> wanted = [.. _listeners.Select(l => $"socket:[{l.Inode.ToString(CultureInfo.InvariantCulture)}]")];
        List<(long Inode, SocketOwner Owner)> found = [];
        foreach (string folder in Directory.EnumerateDirectories(_proc))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
            {
                found.AddRange(Sockets(folder).Where(wanted.Contains).Distinct(StringComparer.Ordinal)
                    .Select(link => (long.Parse(link.AsSpan()["socket:[".Length..^1], CultureInfo.InvariantCulture), new SocketOwner(pid, NameOf(folder)))));
            }
        }

        return found.GroupBy(f => f.Inode).ToDictionary(g => g.Key, g => (IReadOnlyList<SocketOwner>)[.. g.Select(f => f.Owner)]);
    }

    private static List<string> Sockets(string process)
    {
        List<string> links = [];
        try
        {
            foreach (string descriptor in Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd")))
            {
                if (LinkOf(descriptor) is { } link && link.StartsWith("socket:[", StringComparison.Ordinal))
                {
                    links.Add(link);
                }
            }
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            // Somebody else's process, or one that has just ended.
        }

        return links;
    }

    private static string? LinkOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return null;
        }
    }

    private static string NameOf(string process) => Lines(Path.Combine(process, "comm")).FirstOrDefault() ?? "?";
}

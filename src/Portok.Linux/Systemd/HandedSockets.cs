using System.Globalization;

namespace Portok.Linux.Systemd;

/// <summary>One socket that the service manager opened and left to us.</summary>
/// <param name="Descriptor">The descriptor, 3 and up.</param>
/// <param name="Name">FileDescriptorName= of the socket unit; null when it was not passed.</param>
public readonly record struct HandedSocket(int Descriptor, string? Name);

/// <summary>The protocol of sd_listen_fds(3). Pure.</summary>
public static class HandedSockets
{
    /// <summary>Names of the variables that carry it; they are to be removed once read, lest a child takes them for its own.</summary>
    public static IReadOnlyList<string> Variables { get; } = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "LISTEN_PIDFDID"];

    private const int FirstDescriptor = 3;
    private const int Most = 64;

    /// <summary>The sockets handed to this process; empty when there are none or they are meant for another process.</summary>
    /// <param name="environment">Reads a variable, null when it is not set.</param>
    /// <param name="processId">This process.</param>
    public static IReadOnlyList<HandedSocket> Find(Func<string, string?> environment, int processId)
    {
        if (!TryNumber(environment("LISTEN_PID"), out int meant) || meant != processId
            || !TryNumber(environment("LISTEN_FDS"), out int count) || count is < 1 or > Most)
        {
            return [];
        }

        string[] names = environment("LISTEN_FDNAMES")?.Split(':') ?? [];
        return [.. Enumerable.Range(0, count).Select(i => new HandedSocket(FirstDescriptor + i, i < names.Length && names[i].Length > 0 ? names[i] : null))];
    }

    private static bool TryNumber(string? text, out int number)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

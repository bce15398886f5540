using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Portok.Admin.Sockets;

/// <summary>Peer credentials as Linux gives them: SO_PEERCRED (unix(7)) and /proc/self/status (proc(5)).</summary>
public sealed class LinuxPeerCredentials : IPeerCredentials
{
    // asm-generic/socket.h; the same on x86-64 and arm64.
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    // struct ucred: pid, uid, gid, four bytes each.
    private const int UcredLength = 12;
    private const int UidIndex = 1;

    public LinuxPeerCredentials() => OwnUid = ReadOwnUid();

    public uint? OwnUid { get; }

    public uint? UidOf(Socket connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Span<byte> ucred = stackalloc byte[UcredLength];
        try
        {
            return connection.GetRawSocketOption(SolSocket, SoPeerCred, ucred) == UcredLength
                ? MemoryMarshal.Cast<byte, uint>(ucred)[UidIndex]
                : null;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    // "Uid:" is followed by the real, effective, saved and file-system id.
    private static uint? ReadOwnUid()
    {
        try
        {
            string? line = File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("Uid:", StringComparison.Ordinal));
            string[] ids = line?.Split('\t', StringSplitOptions.RemoveEmptyEntries) ?? [];
            return ids.Length > 2 && uint.TryParse(ids[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint uid) ? uid : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

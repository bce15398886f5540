using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace Portok.Linux.Sockets;

/// <summary>The address of a TCP peer as the kernel gave it: a sockaddr_in or sockaddr_in6, kept small and formatted only when asked.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct PeerAddress
{
    /// <summary>Bytes that any formatted address fits in.</summary>
    public const int MaxTextLength = 46;

    private ulong _low;
    private ulong _high;
    private ushort _family;

    /// <summary>Reads a sockaddr.</summary>
    public static PeerAddress FromSockAddr(ReadOnlySpan<byte> address)
    {
        PeerAddress peer = default;
        if (address.Length < 2) return peer;
        peer._family = BinaryPrimitives.ReadUInt16LittleEndian(address);
        if (peer._family == Libc.AfInet && address.Length >= 8)
        {
            peer._low = BinaryPrimitives.ReadUInt32BigEndian(address[4..]);
        }
        else if (peer._family == Libc.AfInet6 && address.Length >= 24)
        {
            peer._high = BinaryPrimitives.ReadUInt64BigEndian(address[8..]);
            peer._low = BinaryPrimitives.ReadUInt64BigEndian(address[16..]);
        }

        return peer;
    }

    /// <summary>Writes the address as text: IPv4 (also when mapped into IPv6), IPv6, or "unknown" for a Unix socket's peer.</summary>
    /// <param name="destination">At least <see cref="MaxTextLength"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public readonly int Format(Span<byte> destination)
    {
        bool mapped = _family == Libc.AfInet6 && _high == 0 && _low >> 32 == 0xFFFF;
        if (_family == Libc.AfInet || mapped) return FormatIPv4((uint)_low, destination);
        if (_family != Libc.AfInet6)
        {
            "unknown"u8.CopyTo(destination);
            return 7;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _low);
        return new IPAddress(bytes).TryFormat(destination, out int written) ? written : 0;
    }

    private static int FormatIPv4(uint address, Span<byte> destination)
    {
        int at = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            uint part = (address >> shift) & 0xFF;
            if (part >= 100) destination[at++] = (byte)('0' + (part / 100));
            if (part >= 10) destination[at++] = (byte)('0' + (part / 10 % 10));
            destination[at++] = (byte)('0' + (part % 10));
            if (shift > 0) destination[at++] = (byte)'.';
        }

        return at;
    }

    /// <inheritdoc />
    public override readonly string ToString()
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        return System.Text.Encoding.ASCII.GetString(text[..Format(text)]);
    }
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Portok.Admin.Guard;

/// <summary>One address or CIDR range. IPv4 and IPv6 are apart: ::/0 holds no IPv4 address.</summary>
internal sealed class AddressRange
{
    private readonly UInt128 _network;
    private readonly UInt128 _mask;
    private readonly AddressFamily _family;
    private readonly string _text;

    private AddressRange(IPAddress network, int prefix)
    {
        _family = network.AddressFamily;
        int width = Width(_family);
        _mask = prefix == 0 ? UInt128.Zero : UInt128.MaxValue << (width - prefix);
        _network = Bits(network) & _mask;
        _text = prefix == width ? network.ToString() : $"{network}/{prefix}";
    }

    /// <summary>Reads an address or range; otherwise says what is wrong with it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AddressRange? range, [NotNullWhen(false)] out string? fault)
    {
        range = null;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        ReadOnlySpan<char> addressText = slash < 0 ? text : text.AsSpan(0, slash);
        if (!AddressText.TryParse(addressText, out IPAddress address))
        {
            fault = $"\"{text}\" is not an IPv4 or IPv6 address or CIDR range";
            return false;
        }

        int width = Width(address.AddressFamily);
        if (slash < 0)
        {
            range = new AddressRange(address, width);
            fault = null;
            return true;
        }

        if (!TryParsePrefix(text.AsSpan(slash + 1), mapped: addressText.Contains(':') && width == 32, width, out int prefix))
        {
            fault = $"\"{text}\" has no prefix length from 0 to {width} after the slash";
            return false;
        }

        range = new AddressRange(address, prefix);
        if (Bits(address) != range._network)
        {
            fault = $"\"{text}\" has address bits behind its prefix; the range is {new AddressRange(range.Network(), prefix)}, the single address {address}";
            range = null;
            return false;
        }

        fault = null;
        return true;
    }

    /// <param name="address">Normalised: IPv4-mapped as IPv4.</param>
    public bool Contains(IPAddress address) => address.AddressFamily == _family && (Bits(address) & _mask) == _network;

    public override string ToString() => _text;

    // An IPv4-mapped range counts its prefix in 128 bits; 96 of them are the mapping itself.
    private static bool TryParsePrefix(ReadOnlySpan<char> text, bool mapped, int width, out int prefix)
    {
        bool parsed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out prefix);
        prefix -= mapped ? 96 : 0;
        return parsed && prefix >= 0 && prefix <= width;
    }

    private IPAddress Network()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _network);
        return new IPAddress(_family == AddressFamily.InterNetwork ? bytes[12..] : bytes);
    }

    private static int Width(AddressFamily family) => family == AddressFamily.InterNetwork ? 32 : 128;

    private static UInt128 Bits(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        bool v4 = address.AddressFamily == AddressFamily.InterNetwork;
        address.TryWriteBytes(v4 ? bytes[12..] : bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Portok.Settings.Types;

/// <summary>An address of this machine; null is "whatever there is".</summary>
public sealed class ListenAddress : SettingType<IPAddress?>
{
    /// <inheritdoc/>
    public override string Allowed => "an IPv4 or IPv6 address of this machine (:: for all, IPv4 too)";

    /// <inheritdoc/>
    public override bool TryParse(string text, out IPAddress? value, out string? detail)
    {
        detail = null;
        return StrictAddress.TryParse(text, out value);
    }
}

/// <summary>Addresses and CIDR ranges, parted by commas. IPv4 addresses mapped into IPv6 mean the IPv4 ones.</summary>
public sealed class AddressRanges : SettingType<IReadOnlyList<IPNetwork>>
{
    private const int MappedPrefix = 96;

    /// <inheritdoc/>
    public override string Allowed => "IP addresses or CIDR ranges (10.0.0.0/8, fd00::/8), parted by commas";

    /// <inheritdoc/>
    public override bool TryParse(string text, [MaybeNullWhen(false)] out IReadOnlyList<IPNetwork> value, out string? detail)
    {
        detail = null;
        value = null;
        List<IPNetwork> ranges = [];
        foreach (string entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParseRange(entry, out IPNetwork range, out detail))
            {
                detail ??= $"'{LogSafe.Shorten(entry)}' is neither";
                return false;
            }

            ranges.Add(range);
        }

        value = ranges;
        return ranges.Count > 0;
    }

    /// <inheritdoc/>
    public override string Show(IReadOnlyList<IPNetwork> value) => string.Join(',', value.Select(Show));

    private static string Show(IPNetwork range)
        => range.PrefixLength == Bits(range.BaseAddress) ? range.BaseAddress.ToString() : range.ToString();

    private static bool TryParseRange(string entry, out IPNetwork range, out string? detail)
    {
        range = default;
        detail = null;
        int slash = entry.IndexOf('/', StringComparison.Ordinal);
        if (!StrictAddress.TryParse(slash < 0 ? entry : entry[..slash], out IPAddress? address))
        {
            return false;
        }

        int prefix = Bits(address);
        if (slash >= 0 && (!int.TryParse(entry.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > Bits(address)))
        {
            detail = $"'{LogSafe.Shorten(entry)}' needs a prefix from 0 to {Bits(address)}";
            return false;
        }

        if (address.IsIPv4MappedToIPv6 && prefix >= MappedPrefix)
        {
            address = address.MapToIPv4();
            prefix -= MappedPrefix;
        }

        IPAddress network = Mask(address, prefix);
        if (!network.Equals(address))
        {
            // Whether the address or the prefix is the typing error cannot be known; a guess could open the door.
            detail = $"'{LogSafe.Shorten(entry)}' has bits set after its prefix: {network}/{prefix} or {address}";
            return false;
        }

        range = new IPNetwork(network, prefix);
        return true;
    }

    private static int Bits(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    private static IPAddress Mask(IPAddress address, int prefix)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(prefix - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF00 >> kept);
        }

        return new IPAddress(bytes);
    }
}

/// <summary>Addresses in their usual spelling only: IPAddress.TryParse also takes "1", "127.1" and "0x7f.0.0.1".</summary>
public static class StrictAddress
{
    /// <summary>Reads an address without brackets, scope or unusual forms.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        if (!IPAddress.TryParse(text, out address) || text.AsSpan().ContainsAny('[', ']', '%'))
        {
            address = null;
            return false;
        }

        if (address.AddressFamily == AddressFamily.InterNetwork && !string.Equals(address.ToString(), text, StringComparison.Ordinal))
        {
            address = null;
            return false;
        }

        return true;
    }
}

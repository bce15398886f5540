using System.Net;

namespace Portok.Admin.Guard;

/// <summary>The addresses and ranges that may use the admin API on the public port. Immutable; any thread.</summary>
public sealed class Allowlist
{
    // ::ffff:0:0/96 holds the IPv4-mapped addresses (RFC 4291, section 2.5.5.2).
    private const int MappedPrefix = 96;

    private readonly IPNetwork[] _ranges;

    /// <param name="ranges">
    /// Single addresses as /32 and /128. An IPv4-mapped range stands for the IPv4 range; ::/0 holds no IPv4 address.
    /// </param>
    public Allowlist(IEnumerable<IPNetwork> ranges) => _ranges = [.. ranges.Select(Normalise)];

    /// <summary>127.0.0.1 and ::1, the default.</summary>
    public static Allowlist Loopback { get; } = new([new IPNetwork(IPAddress.Loopback, 32), new IPNetwork(IPAddress.IPv6Loopback, 128)]);

    /// <summary>Whether the address is in the list; an IPv4-mapped IPv6 address counts as IPv4.</summary>
    public bool Contains(IPAddress address)
    {
        IPAddress normal = AddressText.Normalise(address);
        return Array.Exists(_ranges, range => range.Contains(normal));
    }

    /// <summary>The ranges, separated by commas.</summary>
    public override string ToString() => string.Join(',', _ranges);

    private static IPNetwork Normalise(IPNetwork range) =>
        range.BaseAddress.IsIPv4MappedToIPv6 && range.PrefixLength >= MappedPrefix
            ? new IPNetwork(range.BaseAddress.MapToIPv4(), range.PrefixLength - MappedPrefix)
            : range;
}

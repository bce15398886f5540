using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Portok.Admin.Guard;

/// <summary>The addresses and CIDR ranges that may use the admin API on the public port. Immutable; any thread.</summary>
public sealed class Allowlist
{
    private readonly AddressRange[] _ranges;

    private Allowlist(AddressRange[] ranges) => _ranges = ranges;

    /// <summary>127.0.0.1 and ::1, the default.</summary>
    public static Allowlist Loopback { get; } =
        TryParse("127.0.0.1,::1", out Allowlist? list, out _) ? list : throw new InvalidOperationException();

    /// <summary>Reads addresses and CIDR ranges separated by commas, as ADMIN_ALLOWLIST gives them.</summary>
    /// <param name="text">For example "127.0.0.1, ::1, 10.0.0.0/8".</param>
    /// <param name="list">The list, when there was no fault.</param>
    /// <param name="faults">Every fault found, one sentence each.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Allowlist? list, out IReadOnlyList<string> faults)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ranges = new List<AddressRange>();
        var found = new List<string>();
        foreach (string entry in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (AddressRange.TryParse(entry, out AddressRange? range, out string? fault))
                ranges.Add(range);
            else
                found.Add(entry.Length == 0 ? "an entry is empty" : fault);
        }

        list = found.Count == 0 ? new Allowlist([.. ranges]) : null;
        faults = found;
        return list is not null;
    }

    /// <summary>Whether the address is in the list; an IPv4-mapped IPv6 address counts as IPv4.</summary>
    public bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        IPAddress normal = AddressText.Normalise(address);
        return Array.Exists(_ranges, range => range.Contains(normal));
    }

    /// <summary>The entries in canonical form, separated by commas.</summary>
    public override string ToString() => string.Join(',', (object[])_ranges);
}

using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Portok.Admin.Guard;

/// <summary>
/// Reads addresses strictly. <see cref="IPAddress.Parse(string)"/> alone takes "1", "0x7f.1" and "010.0.0.1" for addresses, and a
/// guard must not read a text otherwise than the proxy that wrote it.
/// </summary>
internal static class AddressText
{
    private static readonly SearchValues<char> V6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>Four decimal numbers, or IPv6 without brackets and zone. IPv4-mapped IPv6 becomes IPv4.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IPAddress address)
    {
        address = IPAddress.None;
        bool isV6 = text.Contains(':');
        if (isV6 ? text.ContainsAnyExcept(V6Characters) : !IsDottedQuad(text))
        {
            return false;
        }

        if (!IPAddress.TryParse(text, out IPAddress? parsed))
        {
            return false;
        }

        address = Normalise(parsed);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, with the forms a proxy writes besides: 192.0.2.1:4711, [2001:db8::1], [2001:db8::1]:4711.</summary>
    public static bool TryParseNode(ReadOnlySpan<char> text, out IPAddress address)
    {
        address = IPAddress.None;
        if (text.StartsWith('['))
        {
            int end = text.IndexOf(']');
            return end > 0 && text[1..end].Contains(':') && IsPortOrNothing(text[(end + 1)..]) && TryParse(text[1..end], out address);
        }

        int colon = text.IndexOf(':');
        bool hasPort = colon >= 0 && colon == text.LastIndexOf(':');
        return hasPort
            ? IsPortOrNothing(text[colon..]) && TryParse(text[..colon], out address)
            : TryParse(text, out address);
    }

    /// <summary>IPv4-mapped IPv6 as IPv4, a link-local address without its zone.</summary>
    public static IPAddress Normalise(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0
            ? new IPAddress(address.GetAddressBytes())
            : address;
    }

    private static bool IsPortOrNothing(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        ReadOnlySpan<char> digits = text[1..];
        return text[0] == ':' && digits.Length is > 0 and <= 5 && !digits.ContainsAnyExceptInRange('0', '9');
    }

    private static bool IsDottedQuad(ReadOnlySpan<char> text)
    {
        int parts = 0;
        foreach (Range range in text.Split('.'))
        {
            ReadOnlySpan<char> part = text[range];
            bool leadingZero = part.Length > 1 && part[0] == '0';
            if (++parts > 4 || leadingZero || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                return false;
            }
        }

        return parts == 4;
    }
}

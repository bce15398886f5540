using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;

namespace Portok.Http1;

/// <summary>
/// <c>Host = uri-host [ ":" port ]</c> (RFC 9110 7.2). The host must not be empty: RFC 9112 3.2 lets Host be empty only
/// for a target without an authority, and an http or https URI always has one (RFC 9110 4.2.1).
/// </summary>
internal static class HostValue
{
    // unreserved and sub-delims of RFC 3986, but for ',': a comma reads as a list to whoever joins repeated fields.
    private static readonly SearchValues<byte> NameChars = SearchValues.Create(
        "!$&'()*+-.0123456789;=ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~"u8);

    private static readonly SearchValues<byte> Ipv6Chars = SearchValues.Create(".0123456789:ABCDEFabcdef"u8);

    public static bool IsValid(ReadOnlySpan<byte> host)
    {
        int stop = host.IndexOfAnyExcept(NameChars);
        if (stop < 0) return !host.IsEmpty;
        return stop > 0 && host[stop] == ':' ? IsPort(host[(stop + 1)..]) : IsUnusualHost(host, stop);
    }

    /// <summary>The digits of the port of a valid host, possibly none.</summary>
    public static ReadOnlySpan<byte> Port(ReadOnlySpan<byte> host)
    {
        int colon = host.LastIndexOf((byte)':');
        return colon < 0 || host[(colon + 1)..].Contains((byte)']') ? default : host[(colon + 1)..];
    }

    /// <summary><c>port = *DIGIT</c> (RFC 3986 3.2.3), up to 65535.</summary>
    private static bool IsPort(ReadOnlySpan<byte> port)
        => port.IsEmpty || (Grammar.TryParseLength(port, out long number) && number <= ushort.MaxValue);

    /// <summary>A name with percent-encoded bytes, or an IPv6 literal in brackets (no zone, no IPvFuture).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsUnusualHost(ReadOnlySpan<byte> host, int stop)
    {
        if (host[0] == '[')
        {
            int close = host.IndexOf((byte)']');
            if (close < 0) return false;
            ReadOnlySpan<byte> address = host[1..close];
            ReadOnlySpan<byte> rest = host[(close + 1)..];
            return address.Contains((byte)':') && address.IndexOfAnyExcept(Ipv6Chars) < 0 && IPAddress.IsValidUtf8(address)
                && (rest.IsEmpty || (rest[0] == ':' && IsPort(rest[1..])));
        }

        while (stop >= 0 && host[stop] == '%')
        {
            if (host.Length - stop < 3 || !char.IsAsciiHexDigit((char)host[stop + 1]) || !char.IsAsciiHexDigit((char)host[stop + 2]))
                return false;
            int next = host[(stop + 3)..].IndexOfAnyExcept(NameChars);
            stop = next < 0 ? -1 : stop + 3 + next;
        }

        return stop < 0 || (stop > 0 && host[stop] == ':' && IsPort(host[(stop + 1)..]));
    }
}

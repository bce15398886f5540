using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Portok.Admin.Guard;

/// <summary>
/// Collects the addresses a request was relayed for: every one in X-Forwarded-For, X-Real-IP and Forwarded (RFC 7239).
/// </summary>
internal static class ForwardingHeaders
{
    private const string XForwardedFor = "X-Forwarded-For";
    private const string XRealIp = "X-Real-IP";
    private const string Forwarded = "Forwarded";

    /// <summary>
    /// False when a forwarding header is there but does not name its address readably: "unknown", an obfuscated
    /// identifier, an element without "for", anything malformed.
    /// </summary>
    public static bool TryRead(IHeaderDictionary headers, List<IPAddress> addresses) =>
        TryReadLists(headers[XForwardedFor], addresses)
        && TryReadLists(headers[XRealIp], addresses)
        && TryReadForwarded(headers[Forwarded], addresses);

    private static bool TryReadLists(StringValues lines, List<IPAddress> addresses)
    {
        foreach (string? line in lines)
        {
            foreach (string entry in (line ?? "").Split(','))
            {
                if (!AddressText.TryParseNode(entry.AsSpan().Trim(" \t"), out IPAddress address))
                    return false;
                addresses.Add(address);
            }
        }

        return true;
    }

    private static bool TryReadForwarded(StringValues lines, List<IPAddress> addresses)
    {
        foreach (string? line in lines)
        {
            if (!new ForwardedParser(line ?? "").TryRead(addresses))
                return false;
        }

        return true;
    }
}

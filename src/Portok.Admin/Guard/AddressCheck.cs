using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Portok.Admin.Contract;

namespace Portok.Admin.Guard;

/// <summary>
/// May this address ask at all? The address is the TCP peer's, as the data plane says it. A forwarding header only
/// narrows: what an allowed address relays for somebody else is allowed when that somebody is too.
/// </summary>
internal sealed class AddressCheck(Allowlist allowed)
{
    public AddressVerdict Check(IHeaderDictionary headers)
    {
        // Exactly one: the data plane strips the header from what clients send.
        StringValues lines = headers[AdminHeaders.Peer];
        if (lines.Count != 1 || !TryParsePeer(lines[0], out IPAddress peer))
            return new AddressVerdict(AddressFinding.PeerUnknown, IPAddress.None, null);
        if (!allowed.Contains(peer))
            return new AddressVerdict(AddressFinding.PeerRefused, peer, null);

        var relayedFor = new List<IPAddress>();
        if (!ForwardingHeaders.TryRead(headers, relayedFor))
            return new AddressVerdict(AddressFinding.ForwardingUnreadable, peer, null);

        IPAddress? stranger = relayedFor.Find(address => !allowed.Contains(address));
        return new AddressVerdict(stranger is null ? AddressFinding.Allowed : AddressFinding.ForwardedRefused, peer, stranger);
    }

    // A link-local peer comes with its zone, fe80::1%eth0.
    private static bool TryParsePeer(string? text, out IPAddress peer)
    {
        ReadOnlySpan<char> address = text;
        int zone = address.IndexOf('%');
        return AddressText.TryParse(zone < 0 ? address : address[..zone], out peer);
    }
}

/// <summary>What <see cref="AddressCheck"/> found.</summary>
internal enum AddressFinding
{
    Allowed,
    PeerUnknown,
    PeerRefused,
    ForwardingUnreadable,
    ForwardedRefused,
}

/// <param name="Finding">What was found.</param>
/// <param name="Peer">The TCP peer; None when it is unknown.</param>
/// <param name="Stranger">The address in a forwarding header that is not allowed.</param>
internal readonly record struct AddressVerdict(AddressFinding Finding, IPAddress Peer, IPAddress? Stranger);

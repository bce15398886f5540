using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Portok.Admin.Serving;

namespace Portok.Admin.Guard;

/// <summary>The checks on requests from the public port, in their order: address (403), rate limit (429), token (401).</summary>
internal sealed class PublicGuard(AddressCheck addresses, RateLimit rate, TokenCheck token, RefusalThrottle throttle, ILogger logger)
{
    public GuardVerdict Check(IHeaderDictionary headers)
    {
        AddressVerdict address = addresses.Check(headers);
        string caller = address.Finding == AddressFinding.PeerUnknown ? "unknown" : address.Peer.ToString();
        AdminReply? refusal = address.Finding == AddressFinding.Allowed
            ? CheckRate(address.Peer) ?? CheckToken(headers, address.Peer)
            : RefuseAddress(address);
        return new GuardVerdict(refusal, caller);
    }

    private AdminReply RefuseAddress(AddressVerdict verdict)
    {
        if (throttle.TryEnter(out int leftOut))
            AdminLog.AddressRefused(logger, verdict.Peer, verdict.Finding, verdict.Stranger, leftOut);

        return Replies.Error(403, "Forbidden", verdict.Finding switch
        {
            AddressFinding.PeerRefused => $"{verdict.Peer} is not in ADMIN_ALLOWLIST. Ask from an allowed address, or on the Unix socket.",
            AddressFinding.ForwardedRefused => $"This request was relayed for {verdict.Stranger}, which is not in ADMIN_ALLOWLIST. Every address in a forwarding header has to be allowed.",
            AddressFinding.ForwardingUnreadable => "This request was relayed for an address that its forwarding headers do not name readably. Ask directly, or on the Unix socket.",
            _ => "The address this request comes from is not known. Ask on the public port, or on the Unix socket.",
        });
    }

    private AdminReply? CheckRate(IPAddress peer)
    {
        if (rate.TryEnter(peer, out TimeSpan retryAfter))
            return null;

        if (throttle.TryEnter(out int leftOut))
            AdminLog.RateLimited(logger, peer, rate.PerMinute, leftOut);

        int seconds = (int)retryAfter.TotalSeconds;
        return Replies.Error(429, "Too many requests", $"More than {rate.PerMinute} admin requests a minute. Ask again in {seconds} s.")
            with
        { RetryAfterSeconds = seconds };
    }

    private AdminReply? CheckToken(IHeaderDictionary headers, IPAddress peer)
    {
        switch (token.Check(headers))
        {
            case TokenFinding.Right:
                return null;
            case TokenFinding.Missing:
                AdminLog.TokenMissing(logger, peer.ToString());
                return Replies.TokenMissing();
            default:
                // Guessing costs double. The rate limit bounds these lines, none is left out.
                rate.CountAgain(peer);
                AdminLog.TokenWrong(logger, peer.ToString());
                return Replies.TokenWrong();
        }
    }
}

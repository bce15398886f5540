using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Portok.Admin.Serving;

namespace Portok.Admin.Guard;

/// <summary>
/// The check on requests from ADMIN_UNIX_SOCKET: the socket's mode has let the peer in, so no address and no rate limit
/// applies. Root and the service's own user need no token; one that is presented must be right all the same.
/// </summary>
internal sealed class UnixGuard(TokenCheck token, uint? ownUid, RefusalThrottle throttle, ILogger logger)
{
    /// <param name="headers">The request's.</param>
    /// <param name="peerUid">The user on the other end; null when the system would not say.</param>
    public GuardVerdict Check(IHeaderDictionary headers, uint? peerUid)
    {
        string caller = peerUid is uint uid ? string.Create(CultureInfo.InvariantCulture, $"uid {uid}") : "uid unknown";
        bool trusted = peerUid == 0 || (peerUid is not null && peerUid == ownUid);
        AdminReply? refusal = token.Check(headers) switch
        {
            TokenFinding.Right => null,
            TokenFinding.Missing => trusted ? null : RefuseMissing(caller),
            _ => RefuseWrong(caller),
        };
        return new GuardVerdict(refusal, caller);
    }

    private AdminReply RefuseMissing(string caller)
    {
        AdminLog.TokenMissing(logger, caller);
        return Replies.TokenMissing();
    }

    private AdminReply RefuseWrong(string caller)
    {
        if (throttle.TryEnter(out int leftOut))
            AdminLog.TokenWrongOnUnixSocket(logger, caller, leftOut);
        return Replies.TokenWrong();
    }
}

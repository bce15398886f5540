using Portok.Engine.Clients;
using Portok.Engine.Tunnels;
using Portok.Engine.Upstreams;
using Portok.Http1;

namespace Portok.Engine.Relay;

/// <summary>101: the exchange becomes a tunnel (RFC 9110 7.8, RFC 6455 4).</summary>
internal sealed partial class Exchange
{
    private bool SwitchProtocols(ResponseHead head, ReadOnlySpan<byte> source, int restAt, int restCount)
    {
        // Only to what the client has offered (RFC 9110 7.8); here the offer was WebSocket and nothing else.
        if (_webSocket && !head.IsWebSocket)
        {
            Fail(RejectReason.ResponseUnasked101);
            return false;
        }

        // Whoever switches before the request is whole leaves no telling what the rest of it would be.
        if (!_requestDone)
        {
            Fail(RejectReason.ResponseMalformed);
            return false;
        }

        // The connection to the app is the tunnel's from here on, and one less for requests.
        if (!_reactor.Shared.Budget.TryTake())
        {
            Fail(RejectReason.Overloaded);
            return false;
        }

        CountStatus(101);
        int length = ResponseRewriter.Write(head, source, new ResponseRewrite { RelayUpgrade = true }, _reactor.Scratch.HeadOut);
        if (!SendToClient(_reactor.Scratch.HeadOut.AsSpan(0, length)))
        {
            _reactor.Shared.Budget.Return();
            return false;
        }

        ClientConnection client = _client;
        UpstreamConnection upstream = _upstream!;
        var tunnel = new Tunnel(_reactor, client, upstream, _webSocket && head.IsWebSocket);
        _upstream = null;
        upstream.BecomeTunnel(tunnel);
        Dispose();
        client.Exchange = null;
        client.Tunnel = tunnel;
        tunnel.Begin(restAt, restCount);
        return false;
    }
}

using Portok.Engine.Buffers;
using Portok.Engine.Reactors;
using Portok.Engine.Relay;
using Portok.Engine.Tunnels;
using Portok.Http1;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;

namespace Portok.Engine.Clients;

/// <summary>
/// A client's connection. It is always in one of four situations: reading a head, in an exchange, in a tunnel, or lingering
/// before its close. Small on purpose: an idle one owns no buffer and no exchange.
/// </summary>
internal sealed partial class ClientConnection(Reactor reactor) : Connection(reactor)
{
    private PeerAddress _peer;
    private int _scanned;
    private bool _headBegun;
    private bool _headTimed;
    private bool _reading;
    private bool _lingering;
    private bool _writeShut;

    /// <summary>There was no place for it: it is only being told so.</summary>
    internal bool Refused { get; private set; }

    /// <summary>Input that was read and not used yet: an incomplete head, or what was sent behind the current request.</summary>
    internal KeptBytes Held;

    /// <summary>The exchange under way, null between requests.</summary>
    internal Exchange? Exchange;

    internal Tunnel? Tunnel;

    internal void Open(int fd, in PeerAddress peer)
    {
        Renew(fd);
        _peer = peer;
        _scanned = 0;
        _headBegun = _headTimed = _reading = _lingering = _writeShut = Refused = false;
        SetDeadline(Reactor.NowMs + Reactor.Shared.Limits.ServerHeadersTimeoutMs);
    }

    /// <summary>The peer's address as text.</summary>
    internal int FormatPeer(Span<byte> destination) => _peer.Format(destination);

    internal override void OnEvents(PollEvents events)
    {
        if (Exchange is { } exchange) exchange.OnClientEvents();
        else if (Tunnel is { } tunnel) tunnel.OnEvents(this);
        else if (_lingering) Linger();
        else ReadRequests();
    }

    internal override void OnDeadline()
    {
        if (Exchange is { } exchange) exchange.OnClientDue();
        else if (Tunnel is { } tunnel) tunnel.Cut();
        else if (_lingering || !_headTimed) Reactor.Close(this, reset: false);
        else RejectHead(RejectReason.HeadTimeout, AnswerForm.Text);
    }

    internal override void Abandon()
    {
        if (Exchange is { } exchange) exchange.Cut();
        else if (Tunnel is { } tunnel) tunnel.Cut();
        else Reactor.Close(this, reset: false);
    }

    internal override void OnFault()
    {
        if (Exchange is { } exchange) exchange.OnFault();
        else if (Tunnel is { } tunnel) tunnel.Cut();
        else Reactor.Close(this, reset: false);
    }

    internal override void Drop()
    {
        if (Exchange is { } exchange) exchange.Drop();
        else if (Tunnel is { } tunnel) tunnel.Drop();
        else Reactor.Close(this, reset: true);
    }

    internal override void OnClosed()
    {
        Held.Clear(Reactor.Buffers);
        Exchange = null;
        Tunnel = null;
        Reactor.Recycle(this);
    }

    /// <summary>Sends to the client and counts; what the socket does not take is kept.</summary>
    internal Errno WriteCounted(ReadOnlySpan<byte> bytes)
    {
        Reactor.Counters.BytesToClients += bytes.Length;
        return Write(bytes, out _);
    }

    /// <summary>The exchange is over and its answer with the socket: the next request, or the end.</summary>
    internal void ExchangeEnded(bool keepAlive, bool requestDone)
    {
        Exchange = null;
        _scanned = 0;
        _headBegun = _headTimed = false;
        if (Closing) return;
        if (!keepAlive)
        {
            // Nothing can be on its way any more: a plain close does not destroy the answer.
            if (requestDone && Held.IsEmpty && !Readable) Reactor.Close(this, reset: false);
            else BeginLinger();
            return;
        }

        int idle = Reactor.Stopping ? Reactor.IdleGraceAtStopMs : Reactor.Shared.Limits.ServerKeepAliveTimeoutMs;
        SetDeadline(idle == 0 ? long.MaxValue : Reactor.NowMs + idle);
        if (!Held.IsEmpty || Readable) ReadRequests();
    }

    /// <summary>The engine stops: an idle connection is closed after the grace, if nothing comes.</summary>
    internal void StopWhenIdle(int graceMs)
    {
        if (Exchange is null && Tunnel is null && !_lingering) SetDeadline(Reactor.NowMs + graceMs);
    }
}

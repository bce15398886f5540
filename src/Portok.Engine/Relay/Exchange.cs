using System.Diagnostics;
using Portok.Engine.Clients;
using Portok.Engine.Reactors;
using Portok.Engine.Traffic;
using Portok.Engine.Upstreams;
using Portok.Http1;
using Portok.Linux.Sockets;

namespace Portok.Engine.Relay;

/// <summary>
/// One request and its answer on their way through. Rented from the reactor when a head is complete, given back when the
/// answer is with the client's socket. This part holds its state, its beginning and its end; the two directions and the
/// faults stand in files of their own.
/// </summary>
internal sealed partial class Exchange(Reactor reactor)
{
    private readonly Reactor _reactor = reactor;
    private ClientConnection _client = null!;
    private UpstreamConnection? _upstream;
    private UpstreamPool? _pool;
    private ulong _clientId;
    private long _startTicks;
    private MethodKind _method;
    private AnswerForm _form;
    private bool _idempotent;
    private bool _clientIsHttp10;
    private bool _keepAlive;
    private bool _expectContinue;
    private bool _upgrade;
    private bool _webSocket;
    private bool _isAdmin;

    /// <summary>Takes over a parsed request whose bytes lie in the reactor's scratch buffer.</summary>
    /// <param name="head">The parsed head; valid only during this call.</param>
    /// <param name="source">The head's bytes.</param>
    /// <param name="following">Bytes in the scratch buffer right behind the head: body, and perhaps the next request.</param>
    internal void Begin(ClientConnection client, RequestHead head, ReadOnlySpan<byte> source, int following)
    {
        _client = client;
        _clientId = ConnectionTable.IdOf(client);
        _startTicks = _reactor.NowTicks;
        _method = head.Method;
        _form = FormOf(head, source);
        _idempotent = head.IsIdempotent;
        _clientIsHttp10 = head.IsHttp10;
        _keepAlive = head.KeepAlive;
        _expectContinue = head.ExpectContinue;
        _isAdmin = _reactor.Shared.IsForAdmin(head.Path.Of(source));
        _upgrade = head.HasUpgrade && !_isAdmin;
        _webSocket = _upgrade && head.IsWebSocket;
        ResetRequest(head, source);
        ResetResponse();

        // The target is chosen now, when the head has been read: the promise of a switch.
        Join(_isAdmin ? _reactor.Shared.Admin! : _reactor.Shared.Switchboard.Active);
        CountBegin();
        int headLength = RewriteHead(head, source);
        SendFirstBytes(headLength, _reactor.Scratch.InputStart + head.Length, following);
    }

    /// <summary>The form a client wants to be told errors in.</summary>
    internal static AnswerForm FormOf(RequestHead head, ReadOnlySpan<byte> source)
    {
        int index = head.IndexOf(FieldKind.Accept);
        if (index < 0) return AnswerForm.Text;
        ReadOnlySpan<byte> accept = head.Fields[index].Value.Of(source);
        return accept.SequenceEqual("*/*"u8) ? AnswerForm.Text : LocalAnswer.Choose(accept);
    }

    private int RewriteHead(RequestHead head, ReadOnlySpan<byte> source)
    {
        Span<byte> address = stackalloc byte[PeerAddress.MaxTextLength];
        int addressLength = _client.FormatPeer(address);
        EngineOptions options = _reactor.Shared.Options;
        var rewrite = new RequestRewrite
        {
            ClientAddress = address[..addressLength],
            UpstreamPort = _pool!.Target.Port,
            AddForwarded = options.AddForwarded,
            CloseUpstream = !options.UpstreamKeepAlive && !_isAdmin,
            RelayUpgrade = _upgrade,
            ForAdmin = _isAdmin,
        };
        return RequestRewriter.Write(head, source, rewrite, _reactor.Scratch.HeadOut);
    }

    private void CountBegin()
    {
        if (_isAdmin) return;
        ReactorCounters counters = _reactor.Counters;
        counters.Requests++;
        counters.Inflight++;
        _reactor.RequestsBegan = true;
        if (!_reactor.Shared.Options.FastPath) counters.Rate.Count(_reactor.NowMs / 1000);
    }

    /// <summary>Counts the answer's status class; FAST_PATH leaves it out.</summary>
    private void CountStatus(int status)
    {
        if (!_isAdmin && !_reactor.Shared.Options.FastPath) _reactor.Counters.Statuses[(status / 100) - 1]++;
    }

    private void Join(Target target)
    {
        _pool = target.Pools[_reactor.Index];
        _pool.Requests++;
        Volatile.Write(ref _pool.Inflight, _pool.Inflight + 1);
    }

    /// <summary>The target has nothing more to do with this exchange: a drain need not wait for a slow client.</summary>
    private void LeaveTarget()
    {
        if (_pool is null) return;
        Volatile.Write(ref _pool.Inflight, _pool.Inflight - 1);
        _pool = null;
    }

    /// <summary>Whether this exchange still runs on a target.</summary>
    internal bool RunsOn(Target target) => _pool?.Target == target;

    /// <summary>The answer is complete and with the socket: back to the client's next request.</summary>
    private void End()
    {
        ClientConnection client = _client;
        bool keepAlive = _keepAlive && _requestDone, requestDone = _requestDone;
        Dispose();
        client.ExchangeEnded(keepAlive, requestDone);
    }

    /// <summary>The client's connection ends with this exchange, without a complete answer.</summary>
    private void EndWithClient(bool reset)
    {
        ClientConnection client = _client;
        Dispose();
        client.Exchange = null;
        _reactor.Close(client, reset);
    }

    /// <summary>Lets go of everything and returns to the reactor; nothing of this object may be used afterwards.</summary>
    private void Dispose()
    {
        if (_upstream is { } upstream)
        {
            _upstream = null;
            upstream.Discard(reset: true);
        }

        LeaveTarget();
        _kept.Clear(_reactor.Buffers);
        _chunkedRequest = default;
        _chunkedResponse = default;
        IsWaiting = false;
        if (!_isAdmin)
        {
            _reactor.Counters.Inflight--;
            if (!_reactor.Shared.Options.FastPath)
                _reactor.Counters.AddLatency((long)Stopwatch.GetElapsedTime(_startTicks, _reactor.NowTicks).TotalMicroseconds, _reactor.NowMs);
        }

        _client = null!;
        _reactor.Return(this);
    }
}

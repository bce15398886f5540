using Portok.Engine.Upstreams;
using Portok.Http1;
using Portok.Linux;

namespace Portok.Engine.Relay;

/// <summary>What happens when one side ends, lies or falls silent.</summary>
internal sealed partial class Exchange
{
    private long DeadlineIn(int ms) => ms == 0 ? long.MaxValue : _reactor.NowMs + ms;

    /// <summary>
    /// The app has this long from now; counted anew from each byte. The admin API has all the time it wants: a switch may
    /// have to wait its turn and then for a probe, and must not be reported as failed before it has.
    /// </summary>
    private void AwaitUpstream()
        => _upstream?.SetDeadline(_isAdmin ? long.MaxValue : DeadlineIn(_reactor.Shared.Limits.UpstreamResponseTimeoutMs));

    /// <summary>The client has a time limit while it owes body bytes or does not take its answer; else it has all the time it wants.</summary>
    private void AwaitClient()
    {
        bool owes = !_requestDone || !_client.Unsent.IsEmpty;
        _client.SetDeadline(owes ? DeadlineIn(_reactor.Shared.Limits.ClientIdleTimeoutMs) : long.MaxValue);
    }

    /// <summary>The app's side of the connection has ended, by FIN (None) or by an error.</summary>
    /// <returns>False: the pump is over.</returns>
    private bool UpstreamEnded(Errno error)
    {
        UpstreamConnection upstream = _upstream!;
        if (error == Errno.None) error = _sendError;
        if (_headSent)
        {
            // Close-delimited and properly closed: this is its end (RFC 9112 6.3), else it was cut off.
            if (_responseFraming == BodyFraming.UntilClose && error == Errno.None) return EndCloseDelimited();
            Fail(RejectReason.ResponseCutShort);
            return false;
        }

        RejectReason reason = error switch
        {
            Errno.None or Errno.BrokenPipe => RejectReason.ConnectionClosed,
            _ => ReasonOf(error),
        };
        if (_responseBegun || _kept.IsEmpty)
        {
            Fail(reason);
            return false;
        }

        TryAgain(upstream, reason);
        return false;
    }

    private bool EndCloseDelimited()
    {
        if (_bodyChange == ResponseBodyChange.AddChunked && !SendToClient("0\r\n\r\n"u8)) return false;
        return CompleteResponse();
    }

    /// <summary>
    /// The connection failed before one byte of response: a reused one was stale and the request may be repeated
    /// (RFC 9110 9.2.2), or a fresh one was never established and nothing was sent.
    /// </summary>
    private void TryAgain(UpstreamConnection upstream, RejectReason reason)
    {
        bool stale = upstream.Reused;
        _upstream = null;
        upstream.Discard(reset: false);
        _requestAbandoned = false;
        _sendError = Errno.None;
        byte[] message = TakeKept(out int length);
        if (stale && !_retried)
        {
            _retried = _hadItsTurn = true;
            SendTo(message.AsSpan(0, length));
        }
        else if (!stale)
        {
            FailOrChooseAgain(reason, message.AsSpan(0, length));
        }
        else
        {
            Fail(reason);
        }

        _reactor.Buffers.Return(message);
    }

    /// <summary>Ends the exchange with an answer of Portok's own, or by cutting the client off when the answer had begun.</summary>
    private void Fail(RejectReason reason)
    {
        int status = RejectReasons.Status(reason), port = _pool?.Target.Port ?? 0;
        if (status >= 500)
        {
            if (_pool is not null) _pool.Errors++;
            if (!_isAdmin) _reactor.Count(reason, port);
        }

        if (_upstream is { } upstream)
        {
            _upstream = null;
            upstream.Discard(reset: true);
        }

        LeaveTarget();
        IsWaiting = false;
        if (_headSent)
        {
            CutClient();
            return;
        }

        bool close = !_keepAlive || !_requestDone || status < 500 || _reactor.Stopping;
        _keepAlive = !close;
        _client.Answer(reason, _form, _method != MethodKind.Head, close, sayKeepAlive: _clientIsHttp10 && !close);
        _headSent = _responseDone = true;
        if (_client.Unsent.IsEmpty) End();
        else AwaitClient();
    }

    /// <summary>
    /// Part of the answer is with the client and the rest will never come. A framed answer is closed short of its end; one
    /// whose end is the connection's is reset, so that it cannot look complete.
    /// </summary>
    private void CutClient() => EndWithClient(reset: _clientIsHttp10 || _responseFraming == BodyFraming.UntilClose);

    /// <summary>Ends the exchange because its time is over (drain, stop).</summary>
    internal void Cut()
    {
        if (!_isAdmin) _reactor.Counters.CutRequests++;
        if (_responseDone) EndWithClient(reset: false);
        else Fail(RejectReason.Stopping);
    }

    /// <summary>An exception left one of its steps: nobody knows what has been done of it, so its client's connection ends too.</summary>
    internal void OnFault()
    {
        _keepAlive = false;
        if (_responseDone) EndWithClient(reset: false);
        else Fail(RejectReason.InternalError);
    }

    /// <summary>Ends it without a system call of its own.</summary>
    internal void Drop() => EndWithClient(reset: true);

    /// <summary>The app has been silent for its whole time.</summary>
    internal void OnUpstreamDue()
    {
        UpstreamConnection upstream = _upstream!;
        bool appsTurn = _client.Unsent.IsEmpty && (_requestDone || _requestAbandoned || !upstream.Unsent.IsEmpty);
        if (!appsTurn)
        {
            AwaitUpstream();
            return;
        }

        bool connecting = !upstream.Reused && !_kept.IsEmpty && !upstream.Unsent.IsEmpty;
        Fail(connecting ? RejectReason.ConnectionTimeout : RejectReason.ResponseTimeout);
    }

    /// <summary>The client has taken nothing, or sent nothing it owes, for its whole time.</summary>
    internal void OnClientDue()
    {
        if (!_client.Unsent.IsEmpty) EndWithClient(reset: true);
        else if (!_requestDone && (_upstream is null || _upstream.Unsent.IsEmpty)) Fail(RejectReason.BodyTimeout);
        else AwaitClient();
    }
}

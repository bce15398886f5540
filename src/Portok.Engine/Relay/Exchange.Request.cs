using Portok.Engine.Reactors;
using Portok.Http1;
using Portok.Linux;

namespace Portok.Engine.Relay;

/// <summary>The way of the request: client to app, by its framing, never more than the app takes.</summary>
internal sealed partial class Exchange
{
    // A connection that always has more to read gives way to the others after this much.
    private const int BytesPerTurn = 1024 * 1024;

    private BodyFraming _requestFraming;
    private ChunkedBody _chunkedRequest;
    private long _requestLeft;
    private long _requestBodyBytes;
    private bool _requestDone;
    private bool _requestAbandoned;

    /// <summary>The error that a send met first: the kernel tells it once, and a receive after it looks like a proper end.</summary>
    private Errno _sendError;

    private void ResetRequest(RequestHead head, ReadOnlySpan<byte> source)
    {
        _chunkedRequest.BeginAfter(head, source);
        _requestFraming = head.Framing;
        _requestLeft = head.Framing == BodyFraming.ContentLength ? head.ContentLength : 0;
        _requestBodyBytes = 0;
        _requestDone = head.Framing == BodyFraming.None || (head.Framing == BodyFraming.ContentLength && head.ContentLength == 0);
        _requestAbandoned = false;
        _sendError = Errno.None;
        _retried = _moved = _hadItsTurn = _repeatable = false;
    }

    /// <summary>Sends the head, and as much of the body as came with it, in one piece.</summary>
    private void SendFirstBytes(int headLength, int bodyAt, int following)
    {
        if (!TakeBody(bodyAt, following, out int start, out int length)) return;
        if (length == 0) start = bodyAt;
        start = _reactor.Scratch.PutHeadBefore(start, headLength);
        SendTo(_reactor.Scratch.Bytes.AsSpan(start, headLength + length));
    }

    /// <summary>
    /// Finds out which of the bytes in the scratch buffer belong to the body and brings them into the form they go on in.
    /// What follows the body is the next request's and is held.
    /// </summary>
    /// <returns>False when the body breaks a rule; the exchange has ended then.</returns>
    private bool TakeBody(int at, int count, out int start, out int length)
    {
        start = at;
        length = 0;
        int used = 0;
        if (_requestFraming == BodyFraming.Chunked && !_requestDone)
        {
            ChunkedStep step = _chunkedRequest.Relay(_reactor.Scratch.Bytes, at, count, ChunkedOutput.Chunked);
            used = step.Consumed;
            start = step.OutputStart;
            length = step.OutputLength;
            _requestBodyBytes += step.DataBytes;
            _requestDone = step.Status == ParseStatus.Complete;
            long max = _reactor.Shared.Limits.MaxBodyBytes;
            RejectReason reason = max > 0 && _requestBodyBytes > max && !_isAdmin ? RejectReason.BodyTooLarge : step.Reason;
            if (reason != RejectReason.None)
            {
                Fail(reason);
                return false;
            }
        }
        else if (!_requestDone)
        {
            used = length = (int)Math.Min(count, _requestLeft);
            _requestLeft -= length;
            _requestDone = _requestLeft == 0;
        }

        _client.KeepForNext(_reactor.Scratch.Bytes.AsSpan(at + used, count - used));
        return true;
    }

    /// <summary>Relays what the client has sent of the body, as long as the app takes it.</summary>
    private void PumpRequest()
    {
        Scratch scratch = _reactor.Scratch;
        int moved = 0;
        while (_client.HasInput && !_requestDone && !_requestAbandoned && _upstream is { } upstream && upstream.Unsent.IsEmpty)
        {
            if (moved >= BytesPerTurn)
            {
                _reactor.GoOnLater(_client);
                return;
            }

            SysResult received = _client.ReceiveBody();
            if (!received.Ok)
            {
                if (received.Error != Errno.Again) ClientGone();
                return;
            }

            if (received.Value == 0)
            {
                // The client ended its side inside the body: the request will never be whole.
                Fail(RejectReason.RequestCutShort);
                return;
            }

            moved += received.Value;
            if (!TakeBody(scratch.InputStart, received.Value, out int start, out int length)) return;
            AwaitClient();
            if (length == 0) continue;
            Errno error = upstream.Write(scratch.Bytes.AsSpan(start, length), out _);
            if (error != Errno.None)
            {
                AbandonRequest(upstream, error);
                return;
            }

            AwaitUpstream();
        }
    }

    /// <summary>The app takes no more, but may have answered before it closed: read that first.</summary>
    private void AbandonRequest(Upstreams.UpstreamConnection upstream, Errno error)
    {
        _requestAbandoned = true;
        // A reset behind a FIN is told as a broken pipe: what came before it did end properly.
        _sendError = error == Errno.BrokenPipe ? Errno.None : error;
        upstream.Unsent.Clear(_reactor.Buffers);
        upstream.Readable = true;
        upstream.Broken = true;
        _reactor.GoOnLater(upstream);
    }

    internal void OnClientEvents()
    {
        if (_client.Broken)
        {
            ClientGone();
            return;
        }

        if (!_client.Unsent.IsEmpty)
        {
            Errno error = _client.Flush(out bool progress);
            if (error != Errno.None)
            {
                ClientGone();
                return;
            }

            if (progress) AwaitClient();
            if (!_client.Unsent.IsEmpty) return;
            if (_responseDone)
            {
                End();
                return;
            }

            AwaitClient();
            if (!PumpResponse()) return;
        }

        if (!_requestDone && !_responseDone) PumpRequest();
    }

    /// <summary>The client is gone: the app's work for it is cancelled at once.</summary>
    private void ClientGone()
    {
        EndWithClient(reset: false);
    }
}

using System.Buffers.Text;
using Portok.Engine.Reactors;
using Portok.Engine.Upstreams;
using Portok.Http1;
using Portok.Linux;

namespace Portok.Engine.Relay;

/// <summary>The way of the response: app to client, by its framing, never more than the client takes.</summary>
internal sealed partial class Exchange
{
    // What a client has taken of an answer before more of it is fetched at a time.
    private const int LargeResponse = 256 * 1024;

    private BodyFraming _responseFraming;
    private ResponseBodyChange _bodyChange;
    private ChunkedBody _chunkedResponse;
    private long _responseLeft;
    private long _responseBytes;
    private int _responseScanned;
    private int _keepAliveSeconds;
    private bool _responseBegun;
    private bool _headSent;
    private bool _responseDone;
    private bool _upstreamKeepAlive;
    private bool _surplus;

    private void ResetResponse()
    {
        _responseLeft = _responseBytes = 0;
        _responseScanned = 0;
        _keepAliveSeconds = -1;
        _responseBegun = _headSent = _responseDone = _upstreamKeepAlive = _surplus = false;
    }

    internal void OnUpstreamEvents()
    {
        UpstreamConnection upstream = _upstream!;
        if (!upstream.Unsent.IsEmpty)
        {
            Errno error = upstream.Flush(out bool progress);
            if (error != Errno.None)
            {
                AbandonRequest(upstream, error);
            }
            else if (progress)
            {
                AwaitUpstream();
                if (!_repeatable) ForgetKept();
            }
        }

        if (upstream.Readable && !PumpResponse()) return;
        if (!_requestDone && !_responseDone && upstream.Unsent.IsEmpty) PumpRequest();
    }

    // Once the socket has taken one byte of a request that may not be carried out twice, there is no second try.
    private void ForgetKept()
    {
        if (!_kept.IsEmpty) _kept.Clear(_reactor.Buffers);
    }

    /// <summary>Relays what the app has sent, as long as the client takes it.</summary>
    /// <returns>False when the exchange has ended or left this object.</returns>
    private bool PumpResponse()
    {
        Scratch scratch = _reactor.Scratch;
        int moved = 0;
        while (_upstream is { Readable: true } upstream && _client.Unsent.IsEmpty)
        {
            if (moved >= BytesPerTurn)
            {
                _reactor.GoOnLater(upstream);
                return true;
            }

            int have = _headSent ? 0 : upstream.Held.TakeInto(scratch.InputAfter(0), _reactor.Buffers);
            SysResult received = upstream.Receive(scratch.InputAfter(have));
            if (!received.Ok || received.Value == 0)
            {
                if (received.Error != Errno.Again) return UpstreamEnded(received.Error);
                if (have > 0) upstream.Held.Append(scratch.Bytes.AsSpan(scratch.InputStart, have), _reactor.Buffers);
                return true;
            }

            moved += received.Value;
            _responseBytes += received.Value;
            if (_responseBytes > LargeResponse) upstream.Widen();
            if (!_responseBegun)
            {
                _responseBegun = true;
                ForgetKept();
            }

            AwaitUpstream();
            bool goesOn = _headSent
                ? RelayBody(0, scratch.InputStart, received.Value)
                : ReadHeads(scratch.InputStart, have + received.Value);
            if (!goesOn) return false;
        }

        return true;
    }

    /// <summary>Reads response heads: any number of interim ones, then the final one.</summary>
    private bool ReadHeads(int at, int count)
    {
        Scratch scratch = _reactor.Scratch;
        ResponseHead head = _reactor.ResponseHead;
        var limits = new HeadLimits(EngineShared.MaxResponseHeadBytes, EngineShared.MaxResponseFields);
        while (true)
        {
            ReadOnlySpan<byte> bytes = scratch.Bytes.AsSpan(at, count);
            ParseStatus status = HeadScanner.FindEnd(bytes, ref _responseScanned, limits, out int length, out RejectReason reason);
            if (status == ParseStatus.Incomplete)
            {
                _upstream!.Held.Append(bytes, _reactor.Buffers);
                return true;
            }

            reason = status == ParseStatus.Complete
                ? ResponseHeadParser.Parse(bytes[..length], _method, _upgrade, head)
                : RejectReasons.ForResponse(reason);
            if (reason != RejectReason.None)
            {
                Fail(reason);
                return false;
            }

            _responseScanned = 0;
            if (head.Status == 101) return SwitchProtocols(head, bytes[..length], at + length, count - length);
            if (!head.IsInterim) return BeginFinal(head, bytes[..length], at + length, count - length);
            if (!RelayInterim(head, bytes[..length])) return false;
            at += length;
            count -= length;
            if (count == 0) return true;
        }
    }

    /// <summary>1xx goes on as it comes, but never to an HTTP/1.0 client (RFC 9110 15.2).</summary>
    private bool RelayInterim(ResponseHead head, ReadOnlySpan<byte> source)
    {
        if (_clientIsHttp10) return true;
        int length = ResponseRewriter.Write(head, source, new ResponseRewrite(), _reactor.Scratch.HeadOut);
        return SendToClient(_reactor.Scratch.HeadOut.AsSpan(0, length));
    }

    private bool BeginFinal(ResponseHead head, ReadOnlySpan<byte> source, int bodyAt, int following)
    {
        _responseFraming = head.Framing;
        _chunkedResponse.BeginAfter(head, source);
        _responseLeft = head.Framing == BodyFraming.ContentLength ? head.ContentLength : 0;
        _upstreamKeepAlive = head.KeepAlive;
        _keepAliveSeconds = head.KeepAliveTimeoutSeconds;
        _bodyChange = ResponseBodyChange.None;
        if (head.Framing == BodyFraming.UntilClose)
        {
            if (_clientIsHttp10) _keepAlive = false;
            else _bodyChange = ResponseBodyChange.AddChunked;
        }
        else if (head.Framing == BodyFraming.Chunked && _clientIsHttp10)
        {
            _bodyChange = ResponseBodyChange.StripChunked;
            _keepAlive = false;
        }

        else if (_clientIsHttp10 && head.IndexOf(FieldKind.TransferEncoding) >= 0)
        {
            // An answer without a body may still name its coding, but not to an HTTP/1.0 client (RFC 9112 6.1).
            _bodyChange = ResponseBodyChange.StripChunked;
        }

        if (_reactor.Stopping) _keepAlive = false;
        // An answer that came before its request was whole: the connection ends behind it when the rest is not wanted.
        if (!_requestDone && (_expectContinue || head.Status >= 400 || _requestAbandoned)) _keepAlive = false;
        CountStatus(head.Status);
        var rewrite = new ResponseRewrite
        {
            BodyChange = _bodyChange,
            CloseClient = !_keepAlive,
            SayKeepAlive = _keepAlive && _clientIsHttp10,
        };
        int headLength = ResponseRewriter.Write(head, source, rewrite, _reactor.Scratch.HeadOut);
        _headSent = true;
        return RelayBody(headLength, bodyAt, following);
    }

    /// <summary>Relays body bytes that lie in the scratch buffer, behind the head when it has just been written.</summary>
    /// <param name="headLength">Length of the head in HeadOut, 0 when it has gone already.</param>
    private bool RelayBody(int headLength, int at, int count)
    {
        Scratch scratch = _reactor.Scratch;
        int start = at, length = 0, used = 0;
        bool done = _responseFraming == BodyFraming.None;
        RejectReason reason = RejectReason.None;
        switch (_responseFraming)
        {
            case BodyFraming.ContentLength:
                used = length = (int)Math.Min(count, _responseLeft);
                _responseLeft -= length;
                done = _responseLeft == 0;
                break;
            case BodyFraming.Chunked:
                ChunkedOutput output = _bodyChange == ResponseBodyChange.StripChunked ? ChunkedOutput.DataOnly : ChunkedOutput.Chunked;
                ChunkedStep step = _chunkedResponse.Relay(scratch.Bytes, at, count, output);
                (start, length, used, reason) = (step.OutputStart, step.OutputLength, step.Consumed, step.Reason);
                done = step.Status == ParseStatus.Complete;
                break;
            case BodyFraming.UntilClose:
                used = length = count;
                if (length > 0 && _bodyChange == ResponseBodyChange.AddChunked) WrapAsChunk(ref start, ref length);
                break;
        }

        _surplus = used < count;
        if (length == 0) start = at;
        if (headLength > 0)
        {
            start = scratch.PutHeadBefore(start, headLength);
            length += headLength;
        }

        if (length > 0 && !SendToClient(scratch.Bytes.AsSpan(start, length))) return false;
        if (reason != RejectReason.None)
        {
            Fail(RejectReasons.ForResponse(reason));
            return false;
        }

        return !done || CompleteResponse();
    }

    /// <summary>Makes one chunk of the bytes: its size in front, CRLF behind; there is room for both.</summary>
    private void WrapAsChunk(ref int start, ref int length)
    {
        byte[] bytes = _reactor.Scratch.Bytes;
        Span<byte> size = stackalloc byte[16];
        _ = Utf8Formatter.TryFormat(length, size, out int digits, 'x');
        bytes[start + length] = (byte)'\r';
        bytes[start + length + 1] = (byte)'\n';
        start -= digits + 2;
        size[..digits].CopyTo(bytes.AsSpan(start));
        bytes[start + digits] = (byte)'\r';
        bytes[start + digits + 1] = (byte)'\n';
        length += digits + 4;
    }

    private bool SendToClient(ReadOnlySpan<byte> bytes)
    {
        if (_client.WriteCounted(bytes) != Errno.None)
        {
            ClientGone();
            return false;
        }

        if (!_client.Unsent.IsEmpty) AwaitClient();
        return true;
    }

    /// <summary>The whole response has been read. The app's connection is free from here on, even if the client is slow.</summary>
    /// <returns>Always false: the pump is over.</returns>
    private bool CompleteResponse()
    {
        _responseDone = true;
        UpstreamConnection upstream = _upstream!;
        _upstream = null;
        LeaveTarget();
        bool reusable = _upstreamKeepAlive && _requestDone && !_surplus && _responseFraming != BodyFraming.UntilClose;
        if (reusable) upstream.Release(_keepAliveSeconds);
        else upstream.Discard(reset: false);
        if (_client.Unsent.IsEmpty) End();
        return false;
    }
}

using Portok.Engine.Reactors;
using Portok.Http1;
using Portok.Linux;

namespace Portok.Engine.Clients;

/// <summary>Reading request heads: from the socket or from what was held back, one after the other, in order.</summary>
internal sealed partial class ClientConnection
{
    /// <summary>How many of the bytes in the scratch buffer are a copy of what is still in <see cref="Held"/>.</summary>
    private int _window;

    /// <summary>Reads requests as long as there is something to read and no exchange is under way.</summary>
    internal void ReadRequests()
    {
        // An exchange that ends within its own beginning comes back here: the loop below goes on by itself.
        if (_reading) return;
        _reading = true;
        while (!Closing && Exchange is null && Tunnel is null && !_lingering && ReadRequest())
        {
        }

        _reading = false;
    }

    /// <returns>Whether there may be more to do.</returns>
    private bool ReadRequest()
    {
        // Reset already: no further event will say so, and nobody is left to answer.
        if (Broken) return Gone();
        Scratch scratch = Reactor.Scratch;
        int have;
        _window = 0;
        if (!Held.IsEmpty && !_headBegun)
        {
            // Pipelined requests: only what a head can need is looked at, so that a long queue is not copied over and over.
            have = _window = Held.CopyTo(scratch.InputAfter(0)[..(Reactor.Shared.HeadLimits.MaxBytes + 1)]);
        }
        else
        {
            have = Held.TakeInto(scratch.InputAfter(0), Reactor.Buffers);
            if (!Readable) return Hold(have);
            SysResult received = Receive(scratch.InputAfter(have));
            if (!received.Ok) return received.Error == Errno.Again ? Hold(have) : Gone();
            if (received.Value == 0) return EndOfInput(have);
            Reactor.Counters.BytesFromClients += received.Value;
            have += received.Value;
        }

        ReadOnlySpan<byte> bytes = scratch.Bytes.AsSpan(scratch.InputStart, have);
        ParseStatus status = HeadScanner.FindEnd(bytes, ref _scanned, Reactor.Shared.HeadLimits, out int length, out RejectReason reason);
        if (status == ParseStatus.Complete) return StartExchange(bytes[..length], have - length);
        if (status == ParseStatus.Rejected) return RejectHead(reason, AnswerForm.Text);
        BeginHead(bytes);
        if (_window == 0) Held.Append(bytes, Reactor.Buffers);
        return Readable;
    }

    /// <summary>Whether there is, or may be, more to read for the request under way.</summary>
    internal bool HasInput => Readable || !Held.IsEmpty;

    /// <summary>Brings the next bytes of a body to the scratch buffer: what is held goes before what is in the socket.</summary>
    internal SysResult ReceiveBody()
    {
        Span<byte> room = Reactor.Scratch.InputAfter(0);
        if (!Held.IsEmpty) return SysResult.Success(_window = Held.CopyTo(room));
        SysResult received = Receive(room);
        if (received.Ok) Reactor.Counters.BytesFromClients += received.Value;
        return received;
    }

    /// <summary>What was read but does not belong to the current request; empty when all of it did.</summary>
    internal void KeepForNext(ReadOnlySpan<byte> surplus)
    {
        if (_window > 0) Held.Consume(_window - surplus.Length, Reactor.Buffers);
        else Held.Append(surplus, Reactor.Buffers);
        _window = 0;
    }

    private void BeginHead(ReadOnlySpan<byte> bytes)
    {
        _headBegun = true;
        if (_headTimed || IsEmptyLine(bytes)) return;
        _headTimed = true;
        SetDeadline(Reactor.NowMs + Reactor.Shared.Limits.ServerHeadersTimeoutMs);
    }

    /// <summary>
    /// Whether no more than an empty line has come, or its first half. It begins no request: some clients send one behind a
    /// body (RFC 9112 2.2), and an answer to it would be one that nobody has asked for.
    /// </summary>
    private static bool IsEmptyLine(ReadOnlySpan<byte> bytes) => "\r\n"u8.StartsWith(bytes);

    private bool Hold(int have)
    {
        if (have > 0) Held.Append(Reactor.Scratch.Bytes.AsSpan(Reactor.Scratch.InputStart, have), Reactor.Buffers);
        return false;
    }

    private bool Gone()
    {
        Reactor.Close(this, reset: false);
        return false;
    }

    /// <summary>FIN between requests ends the connection; inside a head it is a malformed request.</summary>
    private bool EndOfInput(int have)
    {
        ReadOnlySpan<byte> rest = Reactor.Scratch.Bytes.AsSpan(Reactor.Scratch.InputStart, have);
        return IsEmptyLine(rest) ? Gone() : RejectHead(RejectReason.RequestLineMalformed, AnswerForm.Text);
    }

    private bool StartExchange(ReadOnlySpan<byte> head, int bodyBytes)
    {
        RequestHead parsed = Reactor.RequestHead;
        RejectReason reason = RequestHeadParser.Parse(head, parsed);
        bool isHead = parsed.Method == MethodKind.Head;
        if (reason != RejectReason.None) return RejectHead(reason, AnswerForm.Text, withBody: !isHead);
        long maxBody = Reactor.Shared.Limits.MaxBodyBytes;
        if (maxBody > 0 && parsed.Framing == BodyFraming.ContentLength && parsed.ContentLength > maxBody)
            return RejectHead(RejectReason.BodyTooLarge, Relay.Exchange.FormOf(parsed, head), withBody: !isHead);
        if (parsed.MaxForwards == 0 && !Reactor.Shared.IsForAdmin(parsed.Path.Of(head))) return AnswerAsFinalRecipient(parsed, head);
        _scanned = 0;
        Exchange = Reactor.RentExchange();
        Exchange.Begin(this, parsed, head, bodyBytes);
        return true;
    }

    /// <summary>Answers for Portok and ends the connection: behind a broken head nobody knows where the next begins.</summary>
    /// <param name="withBody">False where the method was read and is HEAD (RFC 9110 9.3.2).</param>
    private bool RejectHead(RejectReason reason, AnswerForm form, bool withBody = true)
    {
        Reactor.Counters.Requests++;
        Answer(reason, form, withBody, close: true, sayKeepAlive: false);
        BeginLinger();
        return false;
    }
}

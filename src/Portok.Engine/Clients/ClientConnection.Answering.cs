using Portok.Http1;
using Portok.Linux;

namespace Portok.Engine.Clients;

/// <summary>Portok's own answers, and the end of a connection that does not destroy them.</summary>
internal sealed partial class ClientConnection
{
    // After an early answer, what the client still sends is read and dropped for this long (http rules, Connections).
    private const int LingerMs = 2000;
    private const int ReadsPerTurn = 16;

    // A client that is refused holds one of few places until it has read why.
    private const int RefusedLingerMs = 250;

    /// <summary>Tells a client that there is no place for it, whether or not it has asked for something yet.</summary>
    internal void Refuse()
    {
        Refused = true;
        Reactor.Counters.Requests++;
        Reactor.Count(RejectReason.Overloaded, 0);
        Answer(RejectReason.Overloaded, AnswerForm.Text, withBody: true, close: true, sayKeepAlive: false);
        BeginLinger(RefusedLingerMs);
    }

    /// <summary>Sends an answer of Portok's own.</summary>
    internal void Answer(RejectReason reason, AnswerForm form, bool withBody, bool close, bool sayKeepAlive)
    {
        int status = RejectReasons.Status(reason);
        ReadOnlySpan<byte> page = Reactor.Shared.Options.ErrorPages.Find(status, form);
        byte[] buffer = Reactor.Buffers.Rent(LocalAnswer.MaxLength + page.Length);
        int length = LocalAnswer.Write(buffer, reason, form, page, withBody, close, sayKeepAlive, Reactor.Shared.Time.GetUtcNow());
        _ = WriteCounted(buffer.AsSpan(0, length));
        Reactor.Buffers.Return(buffer);
        if (!Reactor.Shared.Options.FastPath) Reactor.Counters.Statuses[(status / 100) - 1]++;
    }

    /// <summary>
    /// Answers a TRACE or OPTIONS that may go no further, and ends the connection: whatever body it has is nobody's.
    /// </summary>
    /// <returns>False: there is nothing more to read.</returns>
    private bool AnswerAsFinalRecipient(RequestHead head, ReadOnlySpan<byte> source)
    {
        Reactor.Counters.Requests++;
        byte[] buffer = Reactor.Buffers.Rent(FinalAnswer.MaxLength(source.Length));
        int length = FinalAnswer.Write(buffer, head, source, Reactor.Shared.Time.GetUtcNow());
        _ = WriteCounted(buffer.AsSpan(0, length));
        Reactor.Buffers.Return(buffer);
        if (!Reactor.Shared.Options.FastPath) Reactor.Counters.Statuses[1]++;
        BeginLinger();
        return false;
    }

    /// <summary>
    /// Closes in a way that lets the answer arrive: FIN first, then reading and dropping until the client closes too. A
    /// close with unread bytes would send RST, which can destroy what the client has not read yet (RFC 9112 9.6).
    /// </summary>
    internal void BeginLinger(int lingerMs = LingerMs)
    {
        if (Closing || _lingering) return;
        _lingering = true;
        Held.Clear(Reactor.Buffers);
        SetDeadline(Reactor.NowMs + lingerMs);
        Linger();
    }

    private void Linger()
    {
        if (Flush(out _) != Errno.None)
        {
            Reactor.Close(this, reset: false);
            return;
        }

        if (Unsent.IsEmpty && !_writeShut)
        {
            _writeShut = true;
            _ = Reactor.Calls.ShutdownWrite(Fd);
        }

        for (int i = 0; Readable; i++)
        {
            if (i == ReadsPerTurn)
            {
                Reactor.GoOnLater(this);
                return;
            }

            Span<byte> room = Reactor.Scratch.InputAfter(0);
            SysResult received = Receive(room);
            if (received.Error == Errno.Again) return;
            // A refused client whose whole request has been read away sends nothing more that could reset its answer.
            bool said = Refused && received.Ok && Unsent.IsEmpty && room[..received.Value].EndsWith("\r\n\r\n"u8);
            if (received.Ok && received.Value > 0 && !said) continue;
            if (received.Ok && !Unsent.IsEmpty)
            {
                // A half-closed client still gets its whole answer.
                Readable = false;
                return;
            }

            Reactor.Close(this, reset: false);
            return;
        }
    }
}

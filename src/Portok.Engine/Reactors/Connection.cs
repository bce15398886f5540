using Portok.Engine.Buffers;
using Portok.Engine.Timers;
using Portok.Linux;
using Portok.Linux.Polling;

namespace Portok.Engine.Reactors;

/// <summary>
/// One socket of a reactor. It is registered with epoll once, edge-triggered in both directions; these flags remember what
/// the edges said until it has been acted on. One thread: its reactor's.
/// </summary>
internal abstract class Connection(Reactor reactor) : TimerEntry
{
    internal readonly Reactor Reactor = reactor;
    internal int Fd = -1;

    /// <summary>Place in the reactor's table.</summary>
    internal int Slot = -1;

    /// <summary>Generation of that place: an event for an earlier owner does not match it.</summary>
    internal uint Generation;

    /// <summary>There may be bytes (or a FIN, or an error) to read.</summary>
    internal bool Readable;

    /// <summary>The peer's FIN has arrived, perhaps behind unread bytes (EPOLLRDHUP).</summary>
    internal bool PeerClosed;

    /// <summary>Reset, or both directions are shut (EPOLLERR, EPOLLHUP). Unread bytes may still be there.</summary>
    internal bool Broken;

    /// <summary>It was reset (EPOLLERR). Unread bytes may still be there.</summary>
    internal bool WasReset;

    /// <summary>Closed at the end of the batch; nothing may be done with it any more.</summary>
    internal bool Closing;

    /// <summary>Close with RST instead of FIN.</summary>
    internal bool ResetOnClose;

    /// <summary>Unsent bytes; while there are any, nothing more is read from the other side (back-pressure).</summary>
    internal KeptBytes Unsent;

    /// <summary>True while the reactor has this connection on its list of those that used up their turn.</summary>
    internal bool Queued;

    internal void NoteEvents(PollEvents events)
    {
        const PollEvents anyRead = PollEvents.In | PollEvents.ReadHangUp | PollEvents.HangUp | PollEvents.Error;
        if ((events & anyRead) != PollEvents.None) Readable = true;
        if ((events & (PollEvents.ReadHangUp | PollEvents.HangUp)) != PollEvents.None) PeerClosed = true;
        if ((events & (PollEvents.HangUp | PollEvents.Error)) != PollEvents.None) Broken = true;
        if ((events & PollEvents.Error) != PollEvents.None) WasReset = true;
    }

    /// <summary>Acts on events that were noted; also called with None to go on after a used-up turn.</summary>
    internal abstract void OnEvents(PollEvents events);

    /// <summary>The descriptor is closed and the slot free: the object may be used again.</summary>
    internal abstract void OnClosed();

    /// <summary>Its deadline has passed.</summary>
    internal abstract void OnDeadline();

    /// <summary>A deadline is a step like any other: what it throws ends this connection, and no other.</summary>
    internal sealed override void OnDue() => Reactor.StepDeadline(this);

    /// <summary>Its time is over (stop): ends it with an answer where one is possible.</summary>
    internal abstract void Abandon();

    /// <summary>An exception left one of this connection's steps: ends it, with an answer where one is possible.</summary>
    internal abstract void OnFault();

    /// <summary>The last resort: lets go of everything without a single system call, so that nothing can throw again.</summary>
    internal abstract void Drop();

    /// <summary>
    /// Receives into the buffer. After a short read the socket is taken as drained (the next byte makes a new edge), unless
    /// the FIN is known to be waiting behind.
    /// </summary>
    internal SysResult Receive(Span<byte> buffer)
    {
        SysResult result = Reactor.Calls.Receive(Fd, buffer);
        if (result.Error is Errno.NoBuffers or Errno.NoMemory) return TryAgainLater();
        if (!result.Ok || (result.Value < buffer.Length && !PeerClosed && !Broken)) Readable = false;
        return result;
    }

    /// <summary>The kernel is short of memory, the connection is well: no edge will tell when there is some.</summary>
    private SysResult TryAgainLater()
    {
        Reactor.GoOnLater(this);
        return SysResult.Failure(Errno.Again);
    }

    /// <summary>Sends what the socket takes now and keeps the rest, in order.</summary>
    /// <param name="taken">Bytes the socket took now.</param>
    /// <returns>None, or the error that broke the connection.</returns>
    internal Errno Write(ReadOnlySpan<byte> bytes, out int taken)
    {
        taken = 0;
        if (Unsent.IsEmpty)
        {
            SysResult result = Reactor.Calls.Send(Fd, bytes);
            if (result.Ok) taken = result.Value;
            else if (result.Error is not (Errno.Again or Errno.NoBuffers or Errno.NoMemory)) return result.Error;
            else if (result.Error != Errno.Again) Reactor.GoOnLater(this);
            if (taken == bytes.Length) return Errno.None;
        }

        Unsent.Append(bytes[taken..], Reactor.Buffers);
        return Errno.None;
    }

    /// <summary>Sends kept bytes.</summary>
    /// <param name="progress">Whether the socket took any.</param>
    internal Errno Flush(out bool progress)
    {
        progress = false;
        while (!Unsent.IsEmpty)
        {
            SysResult result = Reactor.Calls.Send(Fd, Unsent.Span);
            if (!result.Ok)
            {
                if (result.Error == Errno.Again) return Errno.None;
                if (result.Error is not (Errno.NoBuffers or Errno.NoMemory)) return result.Error;
                Reactor.GoOnLater(this);
                return Errno.None;
            }

            progress = true;
            bool full = result.Value < Unsent.Count;
            Unsent.Consume(result.Value, Reactor.Buffers);
            // A partial send means a full buffer: the next edge says when to go on.
            if (full) return Errno.None;
        }

        return Errno.None;
    }

    /// <summary>Makes the object like new for another descriptor.</summary>
    internal void Renew(int fd)
    {
        Fd = fd;
        Readable = PeerClosed = Broken = WasReset = Closing = Queued = ResetOnClose = false;
    }

    internal void SetDeadline(long dueAt)
    {
        if (dueAt != DueAt) Reactor.Timers.Set(this, dueAt);
    }
}

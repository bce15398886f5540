using Portok.Engine.Clients;
using Portok.Engine.Timers;
using Portok.Http1;
using Portok.Linux;
using Portok.Linux.Polling;
using Portok.Linux.Sockets;

namespace Portok.Engine.Reactors;

/// <summary>Taking connections from the listening sockets, which all reactors share.</summary>
internal sealed partial class Reactor
{
    // A few at a time, so that the other reactors get theirs (EPOLLEXCLUSIVE wakes one; what is left wakes the next).
    private const int AcceptsPerTurn = 8;

    // As many as the kernel's queue may hold: a bound, not a number to be met.
    private const int AcceptsAtStop = 4096;

    // A few more are no harm; handing a connection over costs a wake-up.
    private const int ImbalanceAllowed = 4;

    private readonly int[] _listeners;
    private int _handedOver;
    private readonly Stack<ClientConnection> _freeClients = new();
    private int _spare = -1;
    private AcceptPause? _pause;

    private void WatchListeners()
    {
        // One descriptor is kept in reserve: when there are no more, it is given up to accept and refuse kindly.
        SysResult spare = Descriptors.CreateEventFd();
        _spare = spare.Ok ? spare.Value : -1;
        for (int i = 0; i < _listeners.Length; i++)
        {
            SysResult watched = Watch(i);
            if (!watched.Ok) throw new InvalidOperationException($"The listening socket cannot be watched: {watched.Error}.");
        }
    }

    private SysResult Watch(int listener)
        => Calls.Watch(_epoll, _listeners[listener], PollEvents.In | PollEvents.Exclusive, FirstListenerId - (ulong)listener);

    private void AcceptFrom(int listener) => Accept(listener, AcceptsPerTurn);

    private void AcceptAllFrom(int listener) => Accept(listener, AcceptsAtStop);

    /// <summary>
    /// Right before a listening socket is closed: takes in whoever has come since it is no longer watched. What then still
    /// comes, between the last look and the close, is reset by the kernel: Linux has no way to refuse new handshakes and
    /// keep the finished ones.
    /// </summary>
    internal void AcceptRest(int fd)
    {
        for (int i = 0; i < AcceptsAtStop; i++)
        {
            SysResult accepted = Calls.Accept(fd, out PeerAddress peer);
            if (accepted.Ok) Open(accepted.Value, peer);
            else if (accepted.Error != Errno.ConnectionAborted) return;
        }
    }

    private void Accept(int listener, int most)
    {
        if (_listeners[listener] < 0) return;
        int failures = 0;
        for (int i = 0; i < most; i++)
        {
            if (MustWait())
            {
                PauseAccepting();
                return;
            }

            SysResult accepted = Calls.Accept(_listeners[listener], out PeerAddress peer);
            if (accepted.Ok)
            {
                if (Shared.Budget.TryTake()) Place(accepted.Value, peer);
                else Refuse(accepted.Value, peer);
                continue;
            }

            if (accepted.Error is Errno.TooManyFiles or Errno.TooManyFilesInSystem)
            {
                if (RefuseOne(listener)) continue;
                PauseAccepting();
            }
            else if (accepted.Error is Errno.NoBuffers or Errno.NoMemory)
            {
                PauseAccepting();
            }
            else if (accepted.Error != Errno.Again)
            {
                // The connection was gone before it was taken (ECONNABORTED and its kind): the next one may be fine. What
                // fails every time (a security module that forbids it) leaves the queue as it is: looking again at once
                // would be a loop.
                if (accepted.Error == Errno.ConnectionAborted || ++failures < AcceptsPerTurn) continue;
                PauseAccepting();
            }

            return;
        }
    }

    /// <summary>
    /// Gives the connection to this reactor, or to the one with the fewest when this one has clearly more: the kernel wakes
    /// whoever it likes, and one reactor with all of a burst of kept-alive connections would leave a core unused for good.
    /// </summary>
    private void Place(int fd, in PeerAddress peer)
    {
        long mine = ClientLoad, fewest = long.MaxValue;
        Reactor least = this;
        foreach (Reactor reactor in Shared.Reactors)
        {
            long load = reactor.ClientLoad;
            if (load >= fewest) continue;
            fewest = load;
            least = reactor;
        }

        if (least == this || mine - fewest <= Math.Max(ImbalanceAllowed, mine / 8))
        {
            Open(fd, peer);
            return;
        }

        PeerAddress address = peer;
        Interlocked.Increment(ref least._handedOver);
        least.Mailbox.Post(reactor =>
        {
            reactor.Open(fd, address);
            Interlocked.Decrement(ref reactor._handedOver);
        });
    }

    /// <summary>Client connections that are open here or on their way from another reactor. Any thread.</summary>
    internal long ClientLoad => Volatile.Read(ref Counters.ClientOpen) + Volatile.Read(ref _handedOver);

    private void Open(int fd, in PeerAddress peer)
    {
        if (Admit(fd, peer) is not { } client)
        {
            Shared.Budget.Return();
            return;
        }

        // The request is often there already: one read spares a turn of the loop.
        Step(client, PollEvents.None);
        if (Stopping && !client.Closing) client.StopWhenIdle(IdleGraceAtStopMs);
    }

    /// <summary>Makes an accepted descriptor a connection that is watched and counted.</summary>
    /// <returns>Null when it cannot be watched: it is closed, and nothing is left of it.</returns>
    private ClientConnection? Admit(int fd, in PeerAddress peer)
    {
        ClientConnection client = _freeClients.TryPop(out ClientConnection? free) ? free : new ClientConnection(this);
        client.Open(fd, peer);
        if (!Register(client))
        {
            // Its deadline must not outlive it: the descriptor will have another owner.
            Timers.Remove(client);
            Calls.Close(fd, reset: false);
            _freeClients.Push(client);
            return null;
        }

        Counters.ClientAccepted++;
        Counters.ClientOpen++;
        client.Readable = true;
        return client;
    }

    internal void Recycle(ClientConnection client)
    {
        Counters.ClientOpen--;
        if (client.Refused) EndRefusal();
        else Shared.Budget.Return();
        if (_freeClients.Count < 1024) _freeClients.Push(client);
    }

    /// <summary>No descriptors left: gives up the spare one to tell one client 503, and takes it back.</summary>
    private bool RefuseOne(int listener)
    {
        if (_spare < 0) return false;
        Descriptors.Close(_spare);
        _spare = -1;
        SysResult accepted = Calls.Accept(_listeners[listener], out _);
        if (accepted.Ok)
        {
            Span<byte> answer = stackalloc byte[LocalAnswer.MaxLength];
            int length = LocalAnswer.Write(answer, RejectReason.Overloaded, AnswerForm.Text, default, withBody: true, close: true, sayKeepAlive: false, Shared.Time.GetUtcNow());
            // The request is read away as far as it has come: a close with unread bytes sends RST, which can destroy the answer.
            _ = Calls.Receive(accepted.Value, Scratch.InputAfter(0));
            _ = Calls.Send(accepted.Value, answer[..length]);
            Count(RejectReason.Overloaded, 0);
            Calls.Close(accepted.Value, reset: false);
        }

        SysResult spare = Descriptors.CreateEventFd();
        _spare = spare.Ok ? spare.Value : -1;
        return accepted.Ok;
    }

    private void PauseAccepting()
    {
        foreach (int fd in _listeners)
            if (fd >= 0) _ = Calls.Unwatch(_epoll, fd);
        _pause ??= new AcceptPause(this);
        Timers.Set(_pause, NowMs + 100);
    }

    private void ResumeAccepting()
    {
        if (_spare < 0)
        {
            SysResult spare = Descriptors.CreateEventFd();
            _spare = spare.Ok ? spare.Value : -1;
        }

        // Whatever made accepting pause may make this fail too: it is tried again after another pause.
        for (int i = 0; i < _listeners.Length; i++)
        {
            if (_listeners[i] < 0 || Watch(i).Ok) continue;
            PauseAccepting();
            return;
        }
    }

    private void StopAccepting()
    {
        if (_pause is not null) Timers.Remove(_pause);
        for (int i = 0; i < _listeners.Length; i++)
        {
            if (_listeners[i] < 0) continue;
            _ = Calls.Unwatch(_epoll, _listeners[i]);
            _listeners[i] = -1;
        }
    }

    private sealed class AcceptPause(Reactor reactor) : TimerEntry
    {
        internal override void OnDue() => reactor.ResumeAccepting();
    }
}

using Portok.Engine.Reactors;

namespace Portok.Engine.Upstreams;

/// <summary>
/// The cap of upstream connections to one target, over all reactors. Who finds none left waits in one queue, in order; a
/// permit that comes free goes to the first in it. The lock is touched only where connections are opened or closed, never
/// per request.
/// </summary>
internal sealed class ConnectionPermits(int max)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private int _taken;
    private volatile int _waiting;

    /// <summary>A request that waits: its client's connection on its reactor.</summary>
    internal readonly record struct Waiter(Reactor Reactor, ulong ClientId);

    /// <summary>Whether anybody waits. Cheap; any thread.</summary>
    internal bool HasWaiters => _waiting > 0;

    /// <summary>Requests that wait. Any thread.</summary>
    internal int Waiting => _waiting;

    /// <summary>Permits that are out. Any thread.</summary>
    internal int Taken
    {
        get
        {
            lock (_gate) return _taken;
        }
    }

    /// <summary>Takes a permit, or joins the queue.</summary>
    /// <param name="first">At its head: a request whose turn had come, but whose connection was of no use.</param>
    internal bool TakeOrWait(in Waiter waiter, bool first = false)
    {
        lock (_gate)
        {
            if (_taken < max && (first || _waiters.Count == 0))
            {
                _taken++;
                return true;
            }

            if (first) _waiters.AddFirst(waiter);
            else _waiters.AddLast(waiter);
            _waiting = _waiters.Count;
            return false;
        }
    }

    /// <summary>Takes the first out of the queue: a connection that has come free is handed to it as it is.</summary>
    internal bool TakeFirst(out Waiter waiter)
    {
        lock (_gate)
        {
            waiter = default;
            if (_waiters.First is not { } first) return false;
            waiter = first.Value;
            _waiters.RemoveFirst();
            _waiting = _waiters.Count;
            return true;
        }
    }

    /// <summary>Gives a permit back; whoever waits first gets it.</summary>
    internal void Release()
    {
        Waiter next;
        lock (_gate)
        {
            if (_waiters.First is not { } first)
            {
                _taken--;
                return;
            }

            next = first.Value;
            _waiters.RemoveFirst();
            _waiting = _waiters.Count;
        }

        next.Reactor.Mailbox.Post(reactor => reactor.ContinueWithPermit(next.ClientId, this));
    }

    /// <summary>Empties the queue: those who waited are to ask again, perhaps elsewhere.</summary>
    internal IReadOnlyList<Waiter> Dismiss()
    {
        lock (_gate)
        {
            Waiter[] all = [.. _waiters];
            _waiters.Clear();
            _waiting = 0;
            return all;
        }
    }
}

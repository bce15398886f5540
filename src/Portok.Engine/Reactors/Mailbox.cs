using System.Collections.Concurrent;
using Portok.Linux;
using Portok.Linux.Polling;

namespace Portok.Engine.Reactors;

/// <summary>How other threads speak to a reactor: a queue and an eventfd that wakes it.</summary>
internal sealed class Mailbox : IDisposable
{
    private readonly ConcurrentQueue<Action<Reactor>> _queue = new();
    private int _signalled;
    private int _disposed;

    internal Mailbox()
    {
        SysResult opened = Descriptors.CreateEventFd();
        if (!opened.Ok) throw new InvalidOperationException($"The mailbox's eventfd cannot be opened: {opened.Error}.");
        EventFd = opened.Value;
    }

    internal int EventFd { get; }

    /// <summary>Puts a message in and wakes the reactor. Any thread; never blocks.</summary>
    internal void Post(Action<Reactor> message)
    {
        _queue.Enqueue(message);
        // One signal is enough for any number of messages until the reactor has looked.
        if (Interlocked.Exchange(ref _signalled, 1) == 0 && Volatile.Read(ref _disposed) == 0) Descriptors.Signal(EventFd);
    }

    /// <summary>Runs what is in the queue. The reactor's thread.</summary>
    internal void Run(Reactor reactor)
    {
        Descriptors.Drain(EventFd);
        Volatile.Write(ref _signalled, 0);
        Interlocked.MemoryBarrier();
        while (_queue.TryDequeue(out Action<Reactor>? message)) message(reactor);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) Descriptors.Close(EventFd);
    }
}

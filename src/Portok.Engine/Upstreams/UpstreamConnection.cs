using Portok.Engine.Buffers;
using Portok.Engine.Reactors;
using Portok.Engine.Relay;
using Portok.Engine.Traffic;
using Portok.Engine.Tunnels;
using Portok.Linux.Polling;

namespace Portok.Engine.Upstreams;

/// <summary>A connection to the app (or to the admin API): idle in its pool, in an exchange, or in a tunnel.</summary>
internal sealed class UpstreamConnection : Connection
{
    // An app that says nothing of how long it keeps idle connections: long enough to be of use, short enough to be gone some day.
    private const int IdleMs = 60_000;

    // At 1 MiB each in the worst case; past it connections keep their small buffers.
    private const int MaxWideOfReactor = 64;

    // A tunnel gives its permit back and has taken a place of the budget instead.
    private bool _hasPermit = true;

    internal UpstreamConnection(Reactor reactor, UpstreamPool pool, int fd) : base(reactor)
    {
        Renew(fd);
        Pool = pool;
        reactor.Counters.UpstreamOpen++;
        if (!pool.Target.IsAdmin) reactor.Counters.UpstreamOpened++;
    }

    internal UpstreamPool Pool { get; }

    internal Exchange? Exchange;
    internal Tunnel? Tunnel;

    /// <summary>The beginning of a response head that is not complete yet.</summary>
    internal KeptBytes Held;

    /// <summary>It has carried an exchange before: the app may have closed it in the meantime.</summary>
    internal bool Reused;

    private bool _isWide;

    internal bool IsIdle;
    internal UpstreamConnection? IdleAbove;
    internal UpstreamConnection? IdleBelow;
    internal long IdleSince;

    internal override void OnEvents(PollEvents events)
    {
        if (Exchange is { } exchange) exchange.OnUpstreamEvents();
        else if (Tunnel is { } tunnel) tunnel.OnEvents(this);
        else if (IsIdle && Readable) LeaveIdle();
    }

    /// <summary>An idle connection that becomes readable or is hung up leaves the pool at once.</summary>
    private void LeaveIdle()
    {
        Pool.NoteIdleClose(Reactor.NowMs - IdleSince, Reactor.NowMs);
        Discard(reset: false);
    }

    internal override void OnDeadline()
    {
        if (Exchange is { } exchange) exchange.OnUpstreamDue();
        else if (Tunnel is { } tunnel) tunnel.BeginEnd();
        else Discard(reset: false);
    }

    /// <summary>Into the pool, or to the request that waits first, or closed: whatever is right for it.</summary>
    /// <param name="keepAliveSeconds">How long the app said it keeps an idle connection; −1 when it did not say.</param>
    internal void Release(int keepAliveSeconds)
    {
        Exchange = null;
        Reused = true;
        Target target = Pool.Target;
        bool wanted = target.IsAdmin || (target == Reactor.Shared.Switchboard.Active && Reactor.Shared.Options.UpstreamKeepAlive);
        if (!wanted || Readable || PeerClosed || Broken || !Unsent.IsEmpty || keepAliveSeconds == 0)
        {
            Discard(reset: false);
            return;
        }

        IdleSince = Reactor.NowMs;
        while (target.Permits.HasWaiters && target.Permits.TakeFirst(out ConnectionPermits.Waiter waiter))
        {
            if (waiter.Reactor != Reactor)
            {
                HandOver(waiter, keepAliveSeconds);
                return;
            }

            if (Reactor.ContinueWith(waiter.ClientId, this)) return;
        }

        // Leave before the app closes: a second earlier than it said, or half way when it said very little.
        int keep = keepAliveSeconds < 0 ? IdleMs : Math.Min(IdleMs, Math.Max(keepAliveSeconds * 500, (keepAliveSeconds * 1000) - 1000));
        SetDeadline(Reactor.NowMs + keep);
        Pool.Push(this);
        // Who began to wait after the look above has looked for idle connections: one of the two sees the other.
        Interlocked.MemoryBarrier();
        if (target.Permits.HasWaiters) Reactor.YieldIdle(target);
    }

    /// <summary>
    /// The request that waits first is another reactor's: it gets this connection, permit and all. A fresh one in its place
    /// would cost many times what a request does, for every second request of a queue.
    /// </summary>
    private void HandOver(ConnectionPermits.Waiter waiter, int keepAliveSeconds)
    {
        // A reactor that ends reads no more messages.
        if (waiter.Reactor.Ending)
        {
            Discard(reset: false);
            return;
        }

        UpstreamPool pool = Pool;
        bool isWide = _isWide;
        Reactor.Counters.UpstreamOpen--;
        if (isWide) Reactor.WideUpstreams--;
        int fd = Reactor.Detach(this);
        waiter.Reactor.Mailbox.Post(reactor => reactor.TakeOver(fd, pool.Target, waiter.ClientId, keepAliveSeconds, isWide));
    }

    /// <summary>A connection that another reactor has let go of: open, registered here, and used before.</summary>
    /// <returns>Null when it cannot be watched; it is closed then, and its permit is the caller's.</returns>
    internal static UpstreamConnection? TakeOver(Reactor reactor, UpstreamPool pool, int fd, bool isWide)
    {
        var connection = new UpstreamConnection(reactor, pool, fd) { Reused = true, _isWide = isWide };
        // It is the same one: opened once.
        if (!pool.Target.IsAdmin) reactor.Counters.UpstreamOpened--;
        if (isWide) reactor.WideUpstreams++;
        if (reactor.Register(connection)) return connection;
        reactor.Counters.UpstreamOpen--;
        if (isWide) reactor.WideUpstreams--;
        reactor.Calls.Close(fd, reset: false);
        return null;
    }

    /// <summary>Becomes a tunnel's: it counts no longer against the cap, which is one of requests.</summary>
    internal void BecomeTunnel(Tunnel tunnel)
    {
        Exchange = null;
        Tunnel = tunnel;
        SetDeadline(long.MaxValue);
        GivePermitBack();
    }

    /// <summary>
    /// The client has taken a large part of an answer as fast as it came. The places are few, so that what clients who stop
    /// reading leave in the kernel stays bounded whatever they did before.
    /// </summary>
    internal void Widen()
    {
        if (_isWide || Reactor.WideUpstreams >= MaxWideOfReactor) return;
        _isWide = true;
        Reactor.WideUpstreams++;
        Reactor.Calls.WidenReceiveBuffer(Fd);
    }

    /// <summary>Closes for good and lets go of everything it holds.</summary>
    internal void Discard(bool reset)
    {
        if (Closing) return;
        if (IsIdle) Pool.Remove(this);
        Exchange = null;
        Tunnel = null;
        Held.Clear(Reactor.Buffers);
        Reactor.Counters.UpstreamOpen--;
        Reactor.Close(this, reset);
    }

    private void GivePermitBack()
    {
        if (!_hasPermit) return;
        _hasPermit = false;
        Pool.Target.Permits.Release();
    }

    internal override void Abandon()
    {
        if (Exchange is { } exchange) exchange.Cut();
        else if (Tunnel is { } tunnel) tunnel.Cut();
        else Discard(reset: false);
    }

    internal override void OnFault()
    {
        if (Exchange is { } exchange) exchange.OnFault();
        else if (Tunnel is { } tunnel) tunnel.Cut();
        else Discard(reset: false);
    }

    internal override void Drop()
    {
        if (Exchange is { } exchange) exchange.Drop();
        else if (Tunnel is { } tunnel) tunnel.Drop();
        else Discard(reset: true);
    }

    /// <summary>Only now may another one take its place: the app never sees more than the cap.</summary>
    internal override void OnClosed()
    {
        if (_isWide) Reactor.WideUpstreams--;
        if (!_hasPermit) Reactor.Shared.Budget.Return();
        GivePermitBack();
    }
}

using Portok.Engine.Clients;
using Portok.Engine.Traffic;
using Portok.Engine.Upstreams;
using Portok.Http1;

namespace Portok.Engine.Reactors;

/// <summary>What other threads ask of a reactor, run on its thread out of the mailbox.</summary>
internal sealed partial class Reactor
{
    // Kept-alive clients that say nothing are closed this long after the stop began: a request on its way still gets its answer.
    internal const int IdleGraceAtStopMs = 500;

    /// <summary>Traffic has moved on: idle connections to the old target go, waiting requests ask again.</summary>
    internal void Retire(Target target)
    {
        if (Shared.Switchboard.Active == target) return;
        while (target.Pools[Index].Pop() is { } idle) idle.Discard(reset: false);
    }

    /// <summary>A request's turn for an upstream connection has come.</summary>
    internal void ContinueWithPermit(ulong clientId, ConnectionPermits permits)
    {
        if (Connections.Find(clientId) is ClientConnection { Closing: false, Exchange: { } exchange } client && exchange.IsWaitingFor(permits))
            Guarded(client, exchange.ContinueWithPermit);
        else
            permits.Release();
    }

    /// <summary>A connection has come free on this reactor and the request that waits first is one of its own.</summary>
    /// <returns>False when that request is gone: the connection is still to be had.</returns>
    internal bool ContinueWith(ulong clientId, UpstreamConnection upstream)
    {
        if (Connections.Find(clientId) is not ClientConnection { Closing: false, Exchange: { } exchange } client) return false;
        if (!exchange.IsWaitingFor(upstream.Pool.Target.Permits)) return false;
        Guarded(client, () => exchange.ContinueWith(upstream));
        return true;
    }

    /// <summary>A connection that has come free on another reactor, for a request that waited here.</summary>
    internal void TakeOver(int fd, Target target, ulong clientId, int keepAliveSeconds, bool isWide)
    {
        UpstreamConnection? upstream = UpstreamConnection.TakeOver(this, target.Pools[Index], fd, isWide);
        if (upstream is null) ContinueWithPermit(clientId, target.Permits);
        else if (!ContinueWith(clientId, upstream)) upstream.Release(keepAliveSeconds);
    }

    /// <summary>A waiting request is to choose its target anew.</summary>
    internal void ChooseAgain(ulong clientId)
    {
        if (Connections.Find(clientId) is ClientConnection { Closing: false, Exchange: { IsWaiting: true } exchange } client)
            Guarded(client, exchange.ChooseAgain);
    }

    /// <summary>Somebody waits for a permit: idle connections here give theirs up.</summary>
    internal void YieldIdle(Target target)
    {
        UpstreamPool pool = target.Pools[Index];
        while (target.Permits.HasWaiters && pool.Pop() is { } idle) idle.Discard(reset: false);
    }

    /// <summary>Tunnels to a target are to end, each at a moment of its own within the spread.</summary>
    internal void EndTunnels(Target target, int spreadMs)
    {
        foreach (Connection connection in Connections.All())
        {
            if (connection is UpstreamConnection { Tunnel: { } tunnel, Closing: false } upstream && upstream.Pool.Target == target)
                Guarded(connection, () => tunnel.EndWithin(spreadMs));
        }
    }

    /// <summary>Cuts what still runs on a target.</summary>
    internal void Cut(Target target)
    {
        foreach (Connection connection in Connections.All())
        {
            if (connection.Closing) continue;
            if (connection is UpstreamConnection { Tunnel: { } tunnel } upstream && upstream.Pool.Target == target) Guarded(connection, tunnel.Cut);
            else if (connection is ClientConnection { Exchange: { } exchange } && exchange.RunsOn(target)) Guarded(connection, exchange.Cut);
        }
    }

    /// <summary>Stops accepting and says Connection: close from now on; idle clients are closed after a short grace.</summary>
    internal void BeginStop(int drainMs)
    {
        Stopping = true;
        // Whoever waits in the kernel's queue has been told that the connection stands: closing the socket would reset it.
        for (int i = 0; i < _listeners.Length; i++) AcceptAllFrom(i);
        StopAccepting();
        foreach (Connection connection in Connections.All())
            if (connection is ClientConnection { Closing: false } client) client.StopWhenIdle(Math.Min(drainMs, IdleGraceAtStopMs));
    }

    /// <summary>Cuts every client connection that is left.</summary>
    internal void CutAll()
    {
        foreach (Connection connection in Connections.All())
            if (!connection.Closing) Guarded(connection, connection.Abandon);
    }

    /// <summary>Runs something that concerns one connection; what it throws ends that connection only.</summary>
    private void Guarded(Connection connection, Action step)
    {
        try
        {
            step();
        }
#pragma warning disable CA1031
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Contain(connection, fault);
        }
    }

    /// <summary>Counts an answer of Portok's own that is not the client's fault.</summary>
    internal void Count(RejectReason reason, int port)
    {
        Counters.ProxyErrors++;
        Counters.Error = new ReactorCounters.LastError(Shared.Time.GetUtcNow().UtcTicks, reason, port);
    }
}

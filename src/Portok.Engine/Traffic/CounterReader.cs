using Portok.Engine.Reactors;
using Portok.Http1;

namespace Portok.Engine.Traffic;

/// <summary>Sums what the reactors count. Any thread; a reading is not one instant, but each number is right.</summary>
internal sealed class CounterReader(EngineShared shared, long startedMs)
{
    internal EngineCounters Read()
    {
        Reactor[] reactors = shared.Reactors;
        long Sum(Func<ReactorCounters, long> pick) => reactors.Sum(r => pick(r.Counters));
        bool fast = shared.Options.FastPath;
        long inflight = Sum(c => c.Inflight);
        shared.NoteInflight(inflight);
        return new EngineCounters
        {
            Inflight = inflight,
            InflightMax = shared.InflightMax,
            TotalRequests = Sum(c => c.Requests),
            TotalProxyErrors = Sum(c => c.ProxyErrors),
            Statuses = fast ? null : [.. Enumerable.Range(0, 5).Select(i => Sum(c => c.Statuses[i]))],
            RollingRps60 = fast ? null : Rate(reactors),
            LastProxyError = LastError(reactors),
            UpstreamConnectionsOpened = Sum(c => c.UpstreamOpened),
            UpstreamConnectionsOpen = Sum(c => c.UpstreamOpen),
            UpstreamConnectionsIdle = Sum(c => c.UpstreamIdle),
            ClientConnectionsOpen = Sum(c => c.ClientOpen),
            ClientConnectionsAccepted = Sum(c => c.ClientAccepted),
            TunnelsOpen = Sum(c => c.TunnelsOpen),
            TunnelsTotal = Sum(c => c.TunnelsTotal),
            BytesFromClients = Sum(c => c.BytesFromClients),
            BytesToClients = Sum(c => c.BytesToClients),
            CutRequests = Sum(c => c.CutRequests),
            CutTunnels = Sum(c => c.CutTunnels),
            Latency = fast ? null : Latency(reactors),
            Targets = Targets(),
            Reactors = [.. reactors.Select(r => new ReactorShare(r.Counters.ClientOpen, r.Counters.ClientAccepted, r.Counters.Requests))],
        };
    }

    private double Rate(Reactor[] reactors)
    {
        long nowMs = Environment.TickCount64;
        long sum = reactors.Sum(r => r.Counters.Rate.LastMinute(nowMs / 1000));
        double seconds = Math.Clamp((nowMs - startedMs) / 1000.0, 1, 60);
        return Math.Round(sum / seconds, 2);
    }

    private static EngineLatency? Latency(Reactor[] reactors)
    {
        var sum = new LatencyHistogram();
        long minute = Environment.TickCount64 / 60_000;
        foreach (ReactorCounters counters in reactors.Select(r => r.Counters))
        {
            // A reactor without traffic does not turn its pages: what it last counted may be long ago.
            if (counters.LatencyMinute >= minute - 1) counters.Latency.AddTo(sum);
            if (counters.LatencyMinute == minute) counters.LatencyBefore.AddTo(sum);
        }

        return sum.Summary();
    }

    private static EngineError? LastError(Reactor[] reactors)
    {
        ReactorCounters.LastError? last = reactors.Select(r => r.Counters.Error).OfType<ReactorCounters.LastError>().MaxBy(e => e.UtcTicks);
        if (last is null) return null;
        var at = new DateTimeOffset(last.UtcTicks, TimeSpan.Zero);
        return new EngineError(at, RejectReasons.ProxyStatusError(last.Reason), RejectReasons.Describe(last.Reason), last.Port);
    }

    private List<TargetCounters> Targets()
    {
        Target active = shared.Switchboard.Active;
        return [.. shared.Switchboard.Known().Select(t => new TargetCounters(
            t.Port, t == active, t.Pools.Sum(p => p.Requests), t.Inflight, t.Tunnels, t.Pools.Sum(p => p.Errors)))];
    }
}

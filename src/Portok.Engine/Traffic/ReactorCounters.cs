using Portok.Http1;

namespace Portok.Engine.Traffic;

/// <summary>What one reactor counts, in plain fields: written by its thread only, summed by whoever reads.</summary>
internal sealed class ReactorCounters
{
    internal long Requests;
    internal long Inflight;
    internal long ProxyErrors;
    internal readonly long[] Statuses = new long[5];
    internal readonly RequestRate Rate = new();
    internal LatencyHistogram Latency = new();
    internal LatencyHistogram LatencyBefore = new();
    internal long LatencyMinute;
    internal long UpstreamOpened;
    internal long UpstreamOpen;
    internal long UpstreamIdle;
    internal long ClientOpen;
    internal long ClientAccepted;
    internal long TunnelsOpen;
    internal long TunnelsTotal;
    internal long BytesFromClients;
    internal long BytesToClients;
    internal long CutRequests;
    internal long CutTunnels;
    internal long Exceptions;
    internal LastError? Error;

    /// <summary>Adds one latency; percentiles cover the current and the previous minute, so that they follow the traffic.</summary>
    internal void AddLatency(long micros, long nowMs)
    {
        long minute = nowMs / 60_000;
        if (minute != LatencyMinute)
        {
            (Latency, LatencyBefore) = (LatencyBefore, Latency);
            if (minute != LatencyMinute + 1) LatencyBefore.Clear();
            Latency.Clear();
            LatencyMinute = minute;
        }

        Latency.Add(micros);
    }

    /// <summary>An error as it was met; put into words only when somebody reads it.</summary>
    internal sealed record LastError(long UtcTicks, RejectReason Reason, int Port);
}

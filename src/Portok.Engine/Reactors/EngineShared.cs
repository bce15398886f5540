using Portok.Engine.Traffic;
using Portok.Http1;
using Portok.Linux.Sockets;

namespace Portok.Engine.Reactors;

/// <summary>What all reactors of an engine share: immutable, or volatile references that are swapped whole.</summary>
internal sealed class EngineShared
{
    private EngineLimits _limits;
    private Reactor[] _reactors = [];
    private long _inflightMax;

    internal EngineShared(
        EngineOptions options, SocketCalls calls, Switchboard switchboard, Target? admin, DescriptorBudget budget, TimeProvider time)
    {
        Options = options;
        Calls = calls;
        Switchboard = switchboard;
        Admin = admin;
        Budget = budget;
        Time = time;
        HeadLimits = new HeadLimits(options.MaxHeaderBytes, options.MaxHeaders);
        KeepAliveSeconds = options.UpstreamKeepAliveProbeDelayMs <= 0 ? 0 : (options.UpstreamKeepAliveProbeDelayMs + 999) / 1000;
        _limits = options.Limits;
    }

    internal EngineOptions Options { get; }
    internal SocketCalls Calls { get; }
    internal Switchboard Switchboard { get; }
    internal Target? Admin { get; }
    internal DescriptorBudget Budget { get; }
    internal TimeProvider Time { get; }

    internal HeadLimits HeadLimits { get; }
    internal int KeepAliveSeconds { get; }

    /// <summary>Field lines a response head may have; its bytes are limited too.</summary>
    internal const int MaxResponseFields = 512;

    /// <summary>Bytes a response head may have.</summary>
    internal const int MaxResponseHeadBytes = 64 * 1024;

    /// <summary>Whether a request for this path is answered by the admin API.</summary>
    internal bool IsForAdmin(ReadOnlySpan<byte> path) => Admin is not null && Relay.AdminPaths.Contains(path);

    internal EngineLimits Limits
    {
        get => Volatile.Read(ref _limits);
        set => Volatile.Write(ref _limits, value);
    }

    internal Reactor[] Reactors
    {
        get => Volatile.Read(ref _reactors);
        set => Volatile.Write(ref _reactors, value);
    }

    /// <summary>Told of exceptions that left a connection's step: faults of ours, never of a peer's. Any reactor's thread.</summary>
    internal Action<Exception> ReportFault { get; init; } = static _ => { };

    internal long InflightMax => Volatile.Read(ref _inflightMax);

    /// <summary>Called by each reactor at the end of a batch in which requests began.</summary>
    internal void NoteInflight()
    {
        long sum = 0;
        foreach (Reactor reactor in Reactors) sum += Volatile.Read(ref reactor.Counters.Inflight);
        NoteInflight(sum);
    }

    internal void NoteInflight(long value)
    {
        long seen = Volatile.Read(ref _inflightMax);
        while (value > seen)
        {
            long before = Interlocked.CompareExchange(ref _inflightMax, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}

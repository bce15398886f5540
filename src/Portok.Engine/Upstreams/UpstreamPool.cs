using Portok.Engine.Traffic;

namespace Portok.Engine.Upstreams;

/// <summary>
/// One reactor's connections to one target: idle ones, last in first out, and counts of what runs. Written by that reactor
/// only; the counts may be read by any thread.
/// </summary>
internal sealed class UpstreamPool(Target target)
{
    private UpstreamConnection? _top;

    internal Target Target { get; } = target;

    internal long Requests;
    internal long Inflight;
    internal long Tunnels;
    internal long Errors;

    // An app that restarts closes connections of any age: what was seen is believed for a minute only.
    private const int BelievedMs = 60_000;
    private long _shortestIdleMs = long.MaxValue;
    private long _believedUntil;

    /// <summary>The app has closed a connection that had been idle for this long.</summary>
    internal void NoteIdleClose(long idleMs, long nowMs)
    {
        if (nowMs >= _believedUntil || idleMs < _shortestIdleMs) _shortestIdleMs = idleMs;
        _believedUntil = nowMs + BelievedMs;
    }

    /// <summary>
    /// Whether a request that must not be sent twice may use a connection that has been idle for so long: not when the app
    /// was seen closing ones about that old, because the request could cross with the FIN.
    /// </summary>
    internal bool IsSafeFor(long idleMs, long nowMs) => nowMs >= _believedUntil || idleMs * 2 < _shortestIdleMs;

    /// <summary>Whether there is an idle connection. Any thread; what it says may change at once.</summary>
    internal bool HasIdle => Volatile.Read(ref _top) is not null;

    /// <summary>The connection used last, or null.</summary>
    internal UpstreamConnection? Pop()
    {
        UpstreamConnection? connection = _top;
        if (connection is not null) Remove(connection);
        return connection;
    }

    internal UpstreamConnection? Peek() => _top;

    internal void Push(UpstreamConnection connection)
    {
        connection.IdleBelow = _top;
        connection.IdleAbove = null;
        if (_top is not null) _top.IdleAbove = connection;
        _top = connection;
        connection.IsIdle = true;
        connection.Reactor.Counters.UpstreamIdle++;
    }

    internal void Remove(UpstreamConnection connection)
    {
        if (connection.IdleAbove is not null) connection.IdleAbove.IdleBelow = connection.IdleBelow;
        else _top = connection.IdleBelow;
        if (connection.IdleBelow is not null) connection.IdleBelow.IdleAbove = connection.IdleAbove;
        connection.IdleAbove = connection.IdleBelow = null;
        connection.IsIdle = false;
        connection.Reactor.Counters.UpstreamIdle--;
    }
}

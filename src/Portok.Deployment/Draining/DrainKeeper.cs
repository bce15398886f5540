using Microsoft.Extensions.Logging;
using Portok.Deployment.DataPlane;

namespace Portok.Deployment.Draining;

/// <summary>
/// The drains that run: at most one a port. Any thread; calls the data plane under its own lock, so that a drain that was
/// cancelled cuts nothing any more.
/// </summary>
internal sealed class DrainKeeper(IDataPlane dataPlane, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>Between the end of the tunnels and the cut: for close frames to be answered and last bytes to arrive.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(900);

    private static readonly TimeSpan MaxSpread = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly Lock _sync = new();
    private readonly Dictionary<int, Drain> _drains = [];
    private bool _disposed;

    /// <summary>The old port's work has this long from now. A drain of the same port that still runs is replaced.</summary>
    public void Begin(int port, TimeSpan length)
    {
        lock (_sync)
        {
            if (_disposed)
                return;
            Remove(port);
            var now = time.GetUtcNow();
            var drain = new Drain(port, length, now + length, time.GetTimestamp());
            _drains.Add(port, drain);
            // The work is counted at the first look, not here: the timer runs even if nothing seems to be left.
            drain.Timer = time.CreateTimer(OnTimer, drain, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            drain.Timer.Change(NextLook(drain), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The port becomes the active one: its work is current again and is left alone.</summary>
    public void Cancel(int port)
    {
        lock (_sync)
        {
            if (Remove(port) && !dataPlane.WorkOn(port).IsEmpty)
                DrainLog.Cancelled(log, port);
        }
    }

    /// <summary>The drains that hold work at this moment, by port.</summary>
    public IReadOnlyList<DrainStatus> Read()
    {
        lock (_sync)
        {
            List<DrainStatus> running = [];
            foreach (var drain in _drains.Values)
            {
                var work = dataPlane.WorkOn(drain.Port);
                if (!work.IsEmpty)
                    running.Add(new DrainStatus(drain.Port, work.Requests, work.Tunnels, drain.Until));
            }

            running.Sort(static (a, b) => a.Port.CompareTo(b.Port));
            return running;
        }
    }

    public void Dispose()
    {
        lock (_sync)
        {
            _disposed = true;
            foreach (var drain in _drains.Values)
                drain.Timer?.Dispose();
            _drains.Clear();
        }
    }

    private static TimeSpan Spread(TimeSpan length) => length / 4 < MaxSpread ? length / 4 : MaxSpread;

    private void OnTimer(object? state)
    {
        var drain = (Drain)state!;
        lock (_sync)
        {
            // A timer may fire while its drain is being replaced or cancelled.
            if (!_drains.TryGetValue(drain.Port, out var current) || !ReferenceEquals(current, drain))
                return;
            if (dataPlane.WorkOn(drain.Port).IsEmpty)
            {
                Remove(drain.Port);
                DrainLog.Done(log, drain.Port, (long)Elapsed(drain).TotalMilliseconds);
                return;
            }

            Step(drain);
            drain.Timer?.Change(NextLook(drain), Timeout.InfiniteTimeSpan);
        }
    }

    private void Step(Drain drain)
    {
        var elapsed = Elapsed(drain);
        if (drain.Stage == Stage.Running && elapsed >= drain.Length)
        {
            drain.Stage = Stage.Ending;
            var work = dataPlane.WorkOn(drain.Port);
            DrainLog.DeadlineReached(log, drain.Port, work.Requests, work.Tunnels);
            dataPlane.EndTunnels(drain.Port, Spread(drain.Length));
        }
        else if (drain.Stage == Stage.Ending && elapsed >= drain.Length + Grace)
        {
            drain.Stage = Stage.Cut;
            var work = dataPlane.WorkOn(drain.Port);
            DrainLog.Cut(log, drain.Port, work.Requests, work.Tunnels);
            dataPlane.Cut(drain.Port);
        }
    }

    private TimeSpan NextLook(Drain drain)
    {
        var target = drain.Stage switch
        {
            Stage.Running => drain.Length,
            Stage.Ending => drain.Length + Grace,
            _ => TimeSpan.MaxValue,
        };
        var left = target - Elapsed(drain);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < LookEvery ? left : LookEvery;
    }

    private TimeSpan Elapsed(Drain drain) => time.GetElapsedTime(drain.Began);

    private bool Remove(int port)
    {
        if (!_drains.Remove(port, out var drain))
            return false;
        drain.Timer?.Dispose();
        return true;
    }

    private enum Stage
    {
        Running,
        Ending,
        Cut,
    }

    private sealed class Drain(int port, TimeSpan length, DateTimeOffset until, long began)
    {
        public int Port { get; } = port;

        public TimeSpan Length { get; } = length;

        public DateTimeOffset Until { get; } = until;

        /// <summary>A timestamp of the monotonic clock: a set clock neither prolongs a drain nor cuts it short.</summary>
        public long Began { get; } = began;

        public Stage Stage { get; set; }

        public ITimer? Timer { get; set; }
    }
}

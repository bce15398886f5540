using Microsoft.Extensions.Logging;
using Portok.Deployment.Probing;
using Portok.Deployment.State;

namespace Portok.Deployment.Rollback;

/// <summary>
/// Probes the active port regularly, in the rollback window and after it, and counts the failures. Each state that is
/// followed starts a round of its own; what a probe of an earlier round still brings is void. Any thread.
/// </summary>
internal sealed class ActiveWatch : IAsyncDisposable
{
    private readonly LiveSettings _settings;
    private readonly IProber _prober;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Func<Verdict, CancellationToken, Task> _afterCheck;
    private readonly Lock _sync = new();
    private readonly ITimer _timer;
    private readonly ITimer _windowEnd;
    private Round? _round;
    private Task _check = Task.CompletedTask;
    private bool _checking;

    /// <param name="afterCheck">Told of every check; the next one waits until it has completed.</param>
    public ActiveWatch(
        LiveSettings settings, IProber prober, Func<Verdict, CancellationToken, Task> afterCheck, TimeProvider time, ILogger log)
    {
        _settings = settings;
        _prober = prober;
        _afterCheck = afterCheck;
        _time = time;
        _log = log;
        _timer = time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _windowEnd = time.CreateTimer(_ => OnWindowEnd(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Watches this state's active port from now on; the first probe comes one interval later.</summary>
    /// <param name="known">The probe that led here, if one did: it is the first that is known of the port's health.</param>
    public void Follow(SavedState state, ProbeResult? known)
    {
        Round? old;
        lock (_sync)
        {
            old = _round;
            _round = new Round(state)
            {
                Health = new HealthStatus(known?.Healthy, known?.At, 0),
                LastBegan = _time.GetTimestamp(),
            };
            _checking = false;
            Arm();
            var left = state.Window is { } w ? w.Until - _time.GetUtcNow() : Timeout.InfiniteTimeSpan;
            _windowEnd.Change(left > TimeSpan.Zero ? left : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        // Not inline: the caller holds the coordinator's lock, and a cancelled probe has continuations.
        _ = old?.Stop.CancelAsync();
    }

    /// <summary>The interval may have changed: the next probe comes by the new one.</summary>
    public void Reschedule()
    {
        lock (_sync)
        {
            if (_round is not null && !_checking)
                Arm();
        }
    }

    public (RollbackStatus Rollback, HealthStatus Health) Read()
    {
        lock (_sync)
        {
            if (_round is null)
                return (new RollbackStatus(null, 0, null), new HealthStatus(null, null, 0));
            return _round.OpenWindow(_time.GetUtcNow()) is { } open
                ? (new RollbackStatus(open.Until, _round.Failures, open.PreviousPort), _round.Health)
                : (new RollbackStatus(null, 0, null), _round.Health);
        }
    }

    /// <summary>Ends the watch; a probe that runs is cancelled and waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        Round? old;
        Task check;
        lock (_sync)
        {
            old = _round;
            _round = null;
            check = _check;
        }

        await _timer.DisposeAsync();
        await _windowEnd.DisposeAsync();
        if (old is not null)
            await old.Stop.CancelAsync();
        await check;
    }

    private void Arm()
    {
        var left = _settings.Current.RollbackCheckEvery - _time.GetElapsedTime(_round!.LastBegan);
        _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        Round round;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_sync)
        {
            // A timer may fire once more while a new round begins.
            if (_round is null || _checking)
                return;
            _checking = true;
            round = _round;
            round.LastBegan = _time.GetTimestamp();
            _check = done.Task;
        }

        _ = CheckAsync(round, _time.GetUtcNow(), done);
    }

    private void OnWindowEnd()
    {
        lock (_sync)
        {
            if (_round?.State.Window is not null)
                WatchLog.WindowOver(_log, _round.State.ActivePort);
        }
    }

    private async Task CheckAsync(Round round, DateTimeOffset began, TaskCompletionSource done)
    {
        try
        {
            var probe = await _prober.ProbeAsync(round.State.ActivePort, round.Stop.Token);
            if (Count(round, began, probe) is { } verdict)
                await _afterCheck(verdict, round.Stop.Token);
        }
        catch (OperationCanceledException) when (round.Stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            // The watch must outlive whatever went wrong in one check.
            WatchLog.CheckFailed(_log, e, round.State.ActivePort);
        }
        finally
        {
            done.SetResult();
        }

        lock (_sync)
        {
            if (!ReferenceEquals(_round, round))
                return;
            _checking = false;
            Arm();
        }
    }

    // A failure counts for the window the probe began in, even if the app kept it waiting beyond the end.
    private Verdict? Count(Round round, DateTimeOffset began, ProbeResult probe)
    {
        lock (_sync)
        {
            if (!ReferenceEquals(_round, round))
                return null;
            var before = round.Health;
            round.Health = new HealthStatus(probe.Healthy, probe.At, probe.Healthy ? 0 : before.ConsecutiveFails + 1);
            var inWindow = round.OpenWindow(began) is not null;
            round.Failures = probe.Healthy || !inWindow ? 0 : round.Failures + 1;

            var threshold = _settings.Current.RollbackFailThreshold;
            if (probe.Healthy && before.ActivePortOk == false)
                WatchLog.HealthyAgain(_log, probe.Port, before.ConsecutiveFails);
            else if (!probe.Healthy && inWindow)
                WatchLog.FailedInWindow(_log, probe.Port, probe.Describe(), round.Failures, threshold);
            else if (!probe.Healthy && before.ActivePortOk != false)
                WatchLog.Unhealthy(_log, probe.Port, probe.Describe());
            return new Verdict(round.State, round.Failures, inWindow && round.Failures >= threshold);
        }
    }

    private sealed class Round(SavedState state)
    {
        public SavedState State { get; } = state;

        public CancellationTokenSource Stop { get; } = new();

        public HealthStatus Health { get; set; } = new(null, null, 0);

        /// <summary>Consecutive failures inside the window.</summary>
        public int Failures { get; set; }

        /// <summary>Monotonic timestamp of the latest check's begin.</summary>
        public long LastBegan { get; set; }

        public RollbackWindow? OpenWindow(DateTimeOffset at) => State.Window is { } w && at < w.Until ? w : null;
    }
}

/// <summary>What one check of the active port found.</summary>
/// <param name="State">The state it was made in.</param>
/// <param name="Failures">Consecutive failures inside the window.</param>
/// <param name="RollBack">They have reached the threshold.</param>
internal sealed record Verdict(SavedState State, int Failures, bool RollBack);

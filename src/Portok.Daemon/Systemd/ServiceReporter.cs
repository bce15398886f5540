using Portok.Linux.Systemd;

namespace Portok.Daemon.Systemd;

/// <summary>
/// Keeps the service manager informed while the daemon runs: the status line when it changes, and the watchdog's sign of life as
/// long as the daemon really is alive. Without a manager it does nothing and has no timer.
/// </summary>
internal sealed class ServiceReporter : IAsyncDisposable
{
    private static readonly TimeSpan StatusEvery = TimeSpan.FromSeconds(2);

    private readonly NotifySocket _manager;
    private readonly Func<string> _describe;
    private readonly Func<bool> _isAlive;
    private readonly TimeProvider _time;
    private readonly TimeSpan? _watchdog;
    private readonly Lock _gate = new();
    private readonly List<ITimer> _timers = [];
    private string? _said;
    private bool _stopping;

    /// <param name="watchdog">After how long a silence the manager kills the daemon; null: it does not.</param>
    /// <param name="describe">The status line as it is now. Any thread.</param>
    /// <param name="isAlive">True when the daemon can do its work: asked on a timer's thread, must not block for long.</param>
    public ServiceReporter(NotifySocket manager, TimeSpan? watchdog, Func<string> describe, Func<bool> isAlive, TimeProvider time)
    {
        _manager = manager;
        _describe = describe;
        _isAlive = isAlive;
        _time = time;
        _watchdog = watchdog;
    }

    /// <summary>Says that the start is finished, and goes on reporting.</summary>
    public void Ready()
    {
        SayReady();
        if (!_manager.IsConnected)
        {
            return;
        }

        _timers.Add(_time.CreateTimer(_ => ReportStatus(), null, StatusEvery, StatusEvery));
        if (_watchdog is { } limit)
        {
            // Half the limit, as sd_watchdog_enabled(3) advises: one late beat is forgiven.
            _timers.Add(_time.CreateTimer(_ => Beat(), null, TimeSpan.Zero, limit / 2));
        }
    }

    /// <summary>Runs a reload between RELOADING and READY.</summary>
    public void Reload(Action reload)
    {
        _manager.Reloading((long)(_time.GetTimestamp() * (1_000_000.0 / _time.TimestampFrequency)));
        try
        {
            reload();
        }
        finally
        {
            SayReady();
        }
    }

    /// <summary>Says that the stop has begun and how long it may take; signs of life go on.</summary>
    public void Stopping(TimeSpan atMost)
    {
        lock (_gate)
        {
            _stopping = true;
            _manager.Stopping($"stopping, finishing work in flight for at most {atMost.TotalSeconds:0.#} s");
        }

        _manager.ExtendTimeout(atMost);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (ITimer timer in _timers)
        {
            await timer.DisposeAsync();
        }
    }

    private void SayReady()
    {
        if (!_manager.IsConnected)
        {
            return;
        }

        lock (_gate)
        {
            _said = _describe();
            _manager.Ready(_said);
        }
    }

    private void ReportStatus()
    {
        lock (_gate)
        {
            string now = _describe();
            if (!_stopping && !string.Equals(now, _said, StringComparison.Ordinal))
            {
                _said = now;
                _manager.Status(now);
            }
        }
    }

    private void Beat()
    {
        if (_isAlive())
        {
            _manager.Watchdog();
        }
    }
}

using Microsoft.Extensions.Logging;
using Portok.Deployment.DataPlane;
using Portok.Deployment.Draining;
using Portok.Deployment.Probing;
using Portok.Deployment.Rollback;
using Portok.Deployment.State;
using Portok.Deployment.Switching;

namespace Portok.Deployment;

/// <summary>
/// The control plane of one instance: <see cref="StartAsync"/>, then switches, probes and rollbacks from any thread, then
/// <see cref="StopAsync"/>. It puts the parts together and owns their lifetimes; what a switch does stands in
/// <see cref="SwitchMachine"/>.
/// </summary>
public sealed class DeploymentCoordinator : IDeployment, IAsyncDisposable
{
    private readonly LiveSettings _settings;
    private readonly IProber _prober;
    private readonly IDataPlane _dataPlane;
    private readonly StateStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly DateTimeOffset _startedAt;
    private readonly TurnQueue _turns = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly DrainKeeper _drains;
    private readonly ActiveWatch _watch;

    // Held while traffic moves and while the status is read, so that a status never shows half a switch.
    private readonly Lock _picture = new();
    private SavedState _shown;
    private SwitchMachine? _machine;

    /// <param name="store">Owned: the lock on the state ends with this object.</param>
    public DeploymentCoordinator(
        LiveSettings settings, IProber prober, IDataPlane dataPlane, StateStore store, TimeProvider time, ILogger<DeploymentCoordinator> log)
    {
        _settings = settings;
        _prober = prober;
        _dataPlane = dataPlane;
        _store = store;
        _time = time;
        _log = log;
        _startedAt = time.GetUtcNow();
        _shown = new SavedState(settings.Current.InitialTargetPort, null, null);
        _drains = new DrainKeeper(dataPlane, time, log);
        _watch = new ActiveWatch(settings, prober, AfterCheckAsync, time, log);
    }

    public DeploymentStatus Status
    {
        get
        {
            lock (_picture)
            {
                var (rollback, health) = _watch.Read();
                return new DeploymentStatus(
                    _settings.Current.Instance, _shown.ActivePort, _startedAt, _shown.LastSwitch, rollback, _drains.Read(), health);
            }
        }
    }

    /// <summary>
    /// Takes the lock, reads the state, routes the data plane to its port, goes on with a rollback window that is still open
    /// and begins the regular probes. No drain goes on: the old work ended with the process that relayed it.
    /// </summary>
    /// <exception cref="StateInUseException">Another daemon runs on the same state; nothing was routed.</exception>
    public Task StartAsync()
    {
        if (_machine is not null)
            throw new InvalidOperationException("already started");
        var settings = _settings.Current;
        var saved = _store.Open(state => Objection(state, settings.ListenPort));
        var state = saved is null ? _shown : WithUsableWindow(saved);
        if (saved is null)
            DeploymentLog.StartedAnew(_log, settings.Instance, state.ActivePort);
        else
            DeploymentLog.StartedFromState(_log, settings.Instance, state.ActivePort);
        if (saved is not null && state.ActivePort != settings.InitialTargetPort)
            DeploymentLog.InitialTargetOverruled(_log, settings.InitialTargetPort, state.ActivePort);

        lock (_picture)
        {
            _dataPlane.Route(state.ActivePort);
            _shown = state;
            _machine = new SwitchMachine(_settings, _prober, _store, state, Move, _time, _log);
            _watch.Follow(state, known: null);
        }

        if (state.Window is { } window)
            DeploymentLog.WindowResumed(_log, state.ActivePort, window.Until, window.PreviousPort);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A repeated <see cref="SwitchRequest.Id"/> gives the first answer that fulfilled the wish, whatever else the repeat
    /// says; a key whose switch was refused may be tried again. See <see cref="RecentAnswers"/>.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The caller cancelled before the switch was saved: nothing has changed.</exception>
    public async Task<SwitchOutcome> SwitchAsync(SwitchRequest request, CancellationToken cancellation)
    {
        if (request.Port is < 1 or > 65535)
            throw new ArgumentOutOfRangeException(nameof(request), request.Port, "A port is 1–65535; who asks checks that.");
        var machine = Machine();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopping.Token);
        try
        {
            return await _turns.RunAsync(() => machine.SwitchAsync(request, either.Token), either.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new SwitchOutcome(SwitchOutcomeKind.Stopping, null, null, machine.Current.ActivePort, "Portok is stopping");
        }
    }

    /// <inheritdoc/>
    public Task<ProbeResult> ProbeActiveAsync(CancellationToken cancellation) =>
        _prober.ProbeAsync(Machine().Current.ActivePort, cancellation);

    /// <summary>
    /// Takes over changed settings while running: the health path and timeout, the drain, the rollback window, interval and
    /// threshold. Each property of <see cref="DeploymentSettings"/> says from when on it holds.
    /// </summary>
    /// <returns>The names of the settings that differ but wait for a restart; they stay as they are.</returns>
    public IReadOnlyList<string> Apply(DeploymentSettings settings)
    {
        var waiting = _settings.Replace(settings);
        _watch.Reschedule();
        foreach (var name in waiting)
            DeploymentLog.NeedsRestart(_log, name);
        return waiting;
    }

    /// <summary>
    /// Ends switching and watching: a switch that is being saved is finished, one that waits or probes is answered Stopping,
    /// and so is every later one. Drains go on until this object is disposed of, beside the data plane's own stop.
    /// </summary>
    public async Task StopAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _watch.DisposeAsync();
        if (_machine is { } machine)
            await _turns.RunAsync(() => Task.FromResult(machine.PayOwedSave()), CancellationToken.None);
    }

    /// <summary>Stops, ends the drains' timers and lets go of the state's lock.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _drains.Dispose();
        _store.Dispose();
    }

    private static string? Objection(SavedState state, int listenPort) =>
        state.ActivePort == listenPort ? $"names port {listenPort} as the active one, which is the port Portok itself listens on" : null;

    // A window that is over is none. One that ends later than any window opened now could was written before the clock was
    // set back; it is shortened, so that a wrong clock does not leave a watch standing for years.
    private SavedState WithUsableWindow(SavedState saved)
    {
        if (saved.Window is not { } window)
            return saved;
        var settings = _settings.Current;
        var now = _time.GetUtcNow();
        if (window.Until <= now || window.PreviousPort == settings.ListenPort || window.PreviousPort == saved.ActivePort)
            return saved with { Window = null };
        var latest = now + settings.RollbackWindow;
        return window.Until <= latest ? saved : saved with { Window = window with { Until = latest } };
    }

    // The data plane first: the drain may only count what can no longer grow. A drain of the port that becomes active is
    // cancelled before, so that its deadline cannot strike at new work.
    private void Move(SavedState from, SavedState to, ProbeResult probe)
    {
        lock (_picture)
        {
            _drains.Cancel(to.ActivePort);
            _dataPlane.Route(to.ActivePort);
            _drains.Begin(from.ActivePort, _settings.Current.Drain);
            _shown = to;
            _watch.Follow(to, probe);
        }
    }

    private async Task AfterCheckAsync(Verdict verdict, CancellationToken cancellation)
    {
        var machine = Machine();
        if (verdict.RollBack)
            await _turns.RunAsync(() => machine.RollBackAsync(verdict.State, verdict.Failures, cancellation), cancellation);
        if (machine.SaveOwed)
            await _turns.RunAsync(() => Task.FromResult(machine.PayOwedSave()), cancellation);
    }

    private SwitchMachine Machine() => _machine ?? throw new InvalidOperationException("not started");
}

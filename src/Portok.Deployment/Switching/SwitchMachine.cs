using Microsoft.Extensions.Logging;
using Portok.Deployment.Probing;
using Portok.Deployment.State;

namespace Portok.Deployment.Switching;

/// <summary>
/// Every transition of the deployment's state, each by the same steps:
/// <code>
///   check ──▶ probe ──▶ save ──▶ move (route, drain, watch) ──▶ answer
///     │         │         │
///     └─────────┴─────────┴──▶ refused: nothing has changed
/// </code>
/// Up to the end of the probe a cancelled caller ends it without a trace; from the save on it runs to its end whoever has
/// gone, so there is no half-made switch. Run in turns only (<see cref="TurnQueue"/>); <see cref="Current"/> is for any thread.
/// </summary>
internal sealed class SwitchMachine
{
    public const string ManualReason = "manual";
    public const string RollbackReason = "rollback";

    private readonly LiveSettings _settings;
    private readonly IProber _prober;
    private readonly StateStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Action<SavedState, SavedState, ProbeResult> _move;
    private readonly RecentAnswers _answers = new();
    private volatile SavedState _current;
    private volatile bool _saveOwed;

    /// <param name="current">The state the process began with.</param>
    /// <param name="move">Moves traffic from the first state to the second, both consistent for readers of the status, and begins the drain.</param>
    public SwitchMachine(
        LiveSettings settings,
        IProber prober,
        StateStore store,
        SavedState current,
        Action<SavedState, SavedState, ProbeResult> move,
        TimeProvider time,
        ILogger log)
    {
        _settings = settings;
        _prober = prober;
        _store = store;
        _current = current;
        _move = move;
        _time = time;
        _log = log;
    }

    /// <summary>Where things stand; replaced as a whole.</summary>
    public SavedState Current => _current;

    /// <summary>Traffic is not where the disk says; see <see cref="RollBackAsync"/>.</summary>
    public bool SaveOwed => _saveOwed;

    /// <summary>One wished switch, from its checks to its answer.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the save: nothing has changed.</exception>
    public async Task<SwitchOutcome> SwitchAsync(SwitchRequest request, CancellationToken cancellation)
    {
        if (Check(request) is { } early)
            return early;

        var probe = await _prober.ProbeAsync(request.Port, cancellation);
        if (!probe.Healthy)
        {
            var why = probe.Describe();
            SwitchLog.ProbeFailed(_log, request.Port, why, _current.ActivePort);
            return Refuse(SwitchOutcomeKind.ProbeFailed, probe, $"port {request.Port}: {why}");
        }

        cancellation.ThrowIfCancellationRequested();
        var answer = request.Port == _current.ActivePort ? StayOn(request.Port, probe) : GoTo(request, probe);
        if (request.Id is { Length: > 0 } key)
            _answers.Keep(key, answer);
        return answer;
    }

    /// <summary>
    /// Goes back to the port the window names, if that one is healthy. Opens no window: a rollback is never rolled back.
    /// </summary>
    /// <remarks>
    /// A switch that cannot be saved is refused, because its caller can be told. A rollback has nobody to tell and a sick
    /// app in front of it, often sick from the very disk that is full: here traffic goes back all the same, the missing save
    /// is logged as an error and tried again after each probe. Should the daemon be killed before, the old file still holds
    /// the window, so a start inside it watches and rolls back again.
    /// </remarks>
    /// <param name="seen">The state the failures were counted in; when another is current, the verdict is void.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the save: nothing has changed.</exception>
    public async Task<bool> RollBackAsync(SavedState seen, int failures, CancellationToken cancellation)
    {
        if (!ReferenceEquals(seen, _current) || seen.Window is not { } window)
            return false;

        SwitchLog.RollbackWanted(_log, seen.ActivePort, failures, window.PreviousPort);
        var probe = await _prober.ProbeAsync(window.PreviousPort, cancellation);
        if (!probe.Healthy)
        {
            SwitchLog.NowhereToGo(_log, seen.ActivePort, window.PreviousPort, probe.Describe());
            return false;
        }

        cancellation.ThrowIfCancellationRequested();
        var next = new SavedState(
            window.PreviousPort,
            new SwitchRecord(seen.ActivePort, window.PreviousPort, Now(), RollbackReason, Guid.NewGuid().ToString()),
            Window: null);
        try
        {
            Save(next);
        }
        catch (StateNotWritableException e)
        {
            _saveOwed = true;
            SwitchLog.RollbackNotSaved(_log, next.ActivePort, e.Message);
        }

        Move(next, probe);
        SwitchLog.RolledBack(_log, seen.ActivePort, next.ActivePort);
        return true;
    }

    /// <summary>Tries again to save what a rollback could not.</summary>
    /// <returns>Why it is still owed; null when it is not.</returns>
    public string? PayOwedSave()
    {
        if (!_saveOwed)
            return null;
        try
        {
            Save(_current);
            SwitchLog.OwedSavePaid(_log, _current.ActivePort);
            return null;
        }
        catch (StateNotWritableException e)
        {
            SwitchLog.SaveStillOwed(_log, e.Message);
            return e.Message;
        }
    }

    // The key comes before the expectation: the repeat of a switch that worked must not fail for having worked.
    private SwitchOutcome? Check(SwitchRequest request)
    {
        if (request.Port == _settings.Current.ListenPort)
            return Refuse(SwitchOutcomeKind.OwnPort, null, $"port {request.Port} is the one Portok itself listens on");
        if (request.Id is { Length: > 0 } key && FirstAnswer(key) is { } first)
        {
            SwitchLog.KeyRepeated(_log, PrintableText.Of(key), request.Port, first.Kind);
            return first;
        }

        return request.Expect is { } expected && expected != _current.ActivePort
            ? Refuse(SwitchOutcomeKind.UnexpectedActivePort, null, $"port {_current.ActivePort} is active, not {expected}")
            : null;
    }

    // After a restart the memory of answers is gone, but the latest switch is known by its id.
    private SwitchOutcome? FirstAnswer(string key) =>
        _answers.Find(key)
        ?? (_current.LastSwitch is { } last && string.Equals(last.Id, key, StringComparison.Ordinal)
            ? new SwitchOutcome(SwitchOutcomeKind.Switched, last, null, last.To, null)
            : null);

    // No new record; the open window and the port to go back to stay as they are.
    private SwitchOutcome StayOn(int port, ProbeResult probe)
    {
        if (PayOwedSave() is { } why)
            return Refuse(SwitchOutcomeKind.StateNotWritable, probe, $"port {port} is active, but that is not saved: {why}");
        SwitchLog.AlreadyActive(_log, port);
        return new SwitchOutcome(SwitchOutcomeKind.AlreadyActive, null, probe, port, null);
    }

    private SwitchOutcome GoTo(SwitchRequest request, ProbeResult probe)
    {
        var now = _current;
        var at = Now();
        var window = _settings.Current.RollbackWindow;
        var record = new SwitchRecord(
            now.ActivePort,
            request.Port,
            at,
            request.Reason ?? ManualReason,
            request.Id is { Length: > 0 } key ? key : Guid.NewGuid().ToString());
        var next = new SavedState(
            request.Port, record, window > TimeSpan.Zero ? new RollbackWindow(now.ActivePort, at + window) : null);
        try
        {
            Save(next);
        }
        catch (StateNotWritableException e)
        {
            SwitchLog.NotSaved(_log, request.Port, now.ActivePort, e.Message);
            return Refuse(SwitchOutcomeKind.StateNotWritable, probe, e.Message);
        }

        Move(next, probe);
        SwitchLog.Switched(_log, record.From, record.To, PrintableText.Of(record.Reason), PrintableText.Of(record.Id));
        return new SwitchOutcome(SwitchOutcomeKind.Switched, record, probe, record.To, null);
    }

    private void Save(SavedState next)
    {
        _store.Save(next, _current);
        _saveOwed = false;
    }

    private void Move(SavedState next, ProbeResult probe)
    {
        var now = _current;
        try
        {
            _move(now, next, probe);
            _current = next;
        }
        catch (Exception e)
        {
            // A data plane never refuses; if it does all the same, the disk must not promise what traffic does not do.
            SwitchLog.NotMoved(_log, e, next.ActivePort, now.ActivePort);
            SaveBack(now, next);
            throw;
        }
    }

    private void SaveBack(SavedState now, SavedState next)
    {
        try
        {
            _store.Save(now, next);
        }
        catch (StateNotWritableException e)
        {
            _saveOwed = true;
            SwitchLog.SaveStillOwed(_log, e.Message);
        }
    }

    private SwitchOutcome Refuse(SwitchOutcomeKind kind, ProbeResult? probe, string why) =>
        new(kind, null, probe, _current.ActivePort, why);

    // Whole milliseconds, as the file and the API show them: what is read back is what was answered.
    private DateTimeOffset Now()
    {
        var now = _time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}

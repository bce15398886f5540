using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Portok.Deployment.State;

/// <summary>
/// The saved state on disk: the file, the previous generation beside it (<c>&lt;file&gt;.previous</c>) and the lock
/// (<c>&lt;file&gt;.lock</c>). Not for several threads at once; the control plane calls it in turns.
/// </summary>
/// <remarks>
/// Order of a save: both temp files are written and synced, then renamed, the previous generation first, then the folder is
/// synced. So the file of the state's name is whole at every moment, and holds the state before or the state after.
/// </remarks>
public sealed class StateStore : IDisposable
{
    private readonly string _path;
    private readonly string _folder;
    private readonly string _instance;
    private readonly IStateFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private StateLock? _lock;

    // What the file holds as far as is known: the next save makes it the previous generation. Null: nothing worth keeping.
    private byte[]? _onDisk;

    // An unusable file that could not be set aside yet. It is evidence: no save may overwrite it.
    private bool _setAsideOwed;

    /// <param name="path">The state file; its folder is created when it is missing.</param>
    /// <param name="instance">Written into the file for the reader's sake.</param>
    public StateStore(string path, string instance, IStateFiles files, TimeProvider time, ILogger log)
    {
        _path = Path.GetFullPath(path);
        _folder = Path.GetDirectoryName(_path) ?? "/";
        _instance = instance;
        _files = files;
        _time = time;
        _log = log;
    }

    private string Previous => _path + ".previous";

    private string Temp => _path + ".tmp";

    private string PreviousTemp => _path + ".previous.tmp";

    /// <summary>
    /// Takes the lock and reads the state. A folder that cannot be written is no reason not to start: traffic can be
    /// relayed without it, and switches are refused until it is mended.
    /// </summary>
    /// <param name="objection">Says in words why a readable state cannot be used here, null when it can.</param>
    /// <returns>The saved state; null when there is none.</returns>
    /// <exception cref="StateInUseException">Another daemon holds the lock.</exception>
    public SavedState? Open(Func<SavedState, string?> objection)
    {
        try
        {
            EnsureLocked();
            // A crash in the middle of a save leaves these; whatever they hold was never acknowledged.
            _files.Delete(Temp);
            _files.Delete(PreviousTemp);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            StateLog.FolderNotWritable(_log, _folder, e.Message);
        }

        var main = ReadGeneration(_path, objection);
        if (main.State is not null)
        {
            _onDisk = main.Content;
            if (main.FromNpm)
                StateLog.TakenOverFromNpm(_log, _path, main.State.ActivePort);
            return main.State;
        }

        var previous = ReadGeneration(Previous, objection);
        if (main.Fault is null)
        {
            // Saves never leave a moment without the file: somebody removed it to begin anew, as npm portok's users do.
            if (previous.State is not null)
                StateLog.FileMissing(_log, _path, Previous);
            return null;
        }

        return previous.State is null ? BeginAnew(main, previous) : RecoverFrom(previous, main.Fault);
    }

    /// <summary>Makes a state durable.</summary>
    /// <param name="next">The state to save.</param>
    /// <param name="now">The state it replaces: the previous generation, when the file itself has none to offer.</param>
    /// <exception cref="StateNotWritableException">It is not durable; the disk holds what it held.</exception>
    public void Save(SavedState next, SavedState now)
    {
        var renamed = false;
        var had = _onDisk;
        try
        {
            EnsureLocked();
            if (_setAsideOwed && !SetAside(_path, _files.MoveAside))
                throw new IOException("an unusable file of this name can neither be used nor set aside");
            _setAsideOwed = false;
            var savedAt = _time.GetUtcNow();
            var content = StateFileFormat.Write(next, _instance, savedAt);
            _files.WriteDurably(PreviousTemp, had ?? StateFileFormat.Write(now, _instance, savedAt));
            _files.WriteDurably(Temp, content);
            _files.Rename(PreviousTemp, Previous);
            _files.Rename(Temp, _path);
            renamed = true;
            _files.SyncDirectory(_folder);
            _onDisk = content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StateInUseException)
        {
            if (renamed)
                TakeBack(had);
            RemoveQuietly(Temp);
            RemoveQuietly(PreviousTemp);
            throw new StateNotWritableException($"{_path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Lets go of the lock.</summary>
    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private void EnsureLocked()
    {
        if (_lock is not null && Directory.Exists(_folder))
            return;
        // First time, or somebody removed the whole folder, and with it the file that the lock is on.
        Dispose();
        _files.CreateDirectory(_folder);
        _lock = StateLock.Take(_path);
    }

    private Generation ReadGeneration(string path, Func<SavedState, string?> objection)
    {
        try
        {
            var content = _files.Read(path);
            if (content is null)
                return default;
            if (!StateFileFormat.TryRead(content, out var state, out var fromNpm, out var fault))
                return new Generation(null, content, false, fault);
            return objection(state) is { } why
                ? new Generation(null, content, false, why)
                : new Generation(state, content, fromNpm, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Generation(null, null, false, $"cannot be read: {e.Message}");
        }
    }

    private SavedState RecoverFrom(Generation previous, string fault)
    {
        var state = previous.State!;
        StateLog.PreviousGenerationUsed(_log, _path, fault, Previous, state.ActivePort);
        // Copied and then replaced, not moved: a crash in between must not look like a file somebody removed.
        _onDisk = previous.Content;
        _setAsideOwed = !SetAside(_path, Directory.Exists(_path) ? _files.MoveAside : _files.CopyAside);
        if (_setAsideOwed)
            return state;
        try
        {
            Save(state, state);
        }
        catch (StateNotWritableException e)
        {
            StateLog.NotMended(_log, e.Message);
        }

        return state;
    }

    private SavedState? BeginAnew(Generation main, Generation previous)
    {
        StateLog.InitialTargetUsed(_log, _path, main.Fault!);
        _setAsideOwed = !SetAside(_path, _files.MoveAside);
        if (previous.Fault is not null)
        {
            StateLog.PreviousGenerationBad(_log, Previous, previous.Fault);
            SetAside(Previous, _files.MoveAside);
        }

        return null;
    }

    private bool SetAside(string path, Action<string, string> how)
    {
        var stamp = _time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
        var aside = $"{path}.bad-{stamp}";
        try
        {
            how(path, aside);
            StateLog.SetAside(_log, path, aside);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            StateLog.NotSetAside(_log, path, aside, e.Message);
            return false;
        }
    }

    // The rename went through but not its way to the disk: a refused switch must not come back with the next start.
    private void TakeBack(byte[]? had)
    {
        try
        {
            if (had is null)
                _files.Delete(_path);
            else
                _files.Rename(Previous, _path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            StateLog.NotTakenBack(_log, _path, e.Message);
        }
    }

    private void RemoveQuietly(string path)
    {
        try
        {
            _files.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            StateLog.TempLeft(_log, path, e.Message);
        }
    }

    /// <summary>One file's worth: a state, or a fault in words, or neither when there is no file.</summary>
    private readonly record struct Generation(SavedState? State, byte[]? Content, bool FromNpm, string? Fault);
}

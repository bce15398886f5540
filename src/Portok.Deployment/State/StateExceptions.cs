namespace Portok.Deployment.State;

/// <summary>The state could not be made durable; what was on disk before is still there.</summary>
public sealed class StateNotWritableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another daemon uses this state file: this one must not start.</summary>
public sealed class StateInUseException(string stateFile, string lockFile)
    : Exception($"Another portokd is running on the state file {stateFile} (it holds the lock {lockFile}). Stop it, or give this instance a STATE_FILE of its own.")
{
    public string StateFile { get; } = stateFile;

    public string LockFile { get; } = lockFile;
}

namespace Portok.Testing;

/// <summary>
/// Which versions may answer a request: those active at any moment between its first byte and the end of its answer. A switch
/// is a moment somewhere between its beginning and its acknowledgement. Any thread.
/// </summary>
public sealed class VersionTimeline
{
    private readonly Lock _lock = new();
    private readonly List<string> _versions;
    private int _acknowledged;

    /// <param name="version">The version active at the start.</param>
    public VersionTimeline(string version) => _versions = [version];

    /// <summary>A switch is about to be asked for.</summary>
    public void Begins(string version)
    {
        lock (_lock)
            _versions.Add(version);
    }

    /// <summary>The switch begun last was answered with 200.</summary>
    public void Acknowledged()
    {
        lock (_lock)
            _acknowledged = _versions.Count - 1;
    }

    /// <summary>The moment before a request's first byte; give it to <see cref="IsRight"/> with the answer.</summary>
    public int Now()
    {
        lock (_lock)
            return _acknowledged;
    }

    /// <summary>Whether the version may answer a request begun at that moment and answered by now.</summary>
    public bool IsRight(int begun, string version)
    {
        lock (_lock)
        {
            for (int index = begun; index < _versions.Count; index++)
            {
                if (string.Equals(_versions[index], version, StringComparison.Ordinal))
                    return true;
            }

            return false;
        }
    }
}

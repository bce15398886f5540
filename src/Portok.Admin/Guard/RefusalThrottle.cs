namespace Portok.Admin.Guard;

/// <summary>
/// Keeps strangers from filling the log: so many lines a minute, and the next line after that says how many were left out.
/// Any thread.
/// </summary>
internal sealed class RefusalThrottle(TimeProvider time, int linesPerMinute)
{
    private readonly Lock _lock = new();
    private long? _began;
    private int _lines;
    private int _leftOut;

    /// <summary>Whether a line may be written now.</summary>
    /// <param name="leftOut">Lines not written since the last one that was.</param>
    public bool TryEnter(out int leftOut)
    {
        long now = time.GetTimestamp();
        lock (_lock)
        {
            if (_began is not long began || now - began >= 60 * time.TimestampFrequency)
            {
                _began = now;
                _lines = 0;
            }

            if (_lines == linesPerMinute)
            {
                leftOut = ++_leftOut;
                return false;
            }

            _lines++;
            leftOut = _leftOut;
            _leftOut = 0;
            return true;
        }
    }
}

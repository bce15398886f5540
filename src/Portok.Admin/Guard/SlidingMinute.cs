namespace Portok.Admin.Guard;

/// <summary>
/// What one address has used in the last minute. Every use is remembered with its time; in coarse form the uses of one
/// second share the time of the last, so that the memory stays bounded however high the limit. Not thread-safe.
/// </summary>
internal sealed class SlidingMinute
{
    private readonly Queue<(long At, int Weight)> _past = new();
    private (long At, int Weight) _newest;
    private long _newestBegan;
    private int _used;

    /// <summary>Uses remembered apart.</summary>
    internal int Remembered => _past.Count + (_newest.Weight > 0 ? 1 : 0);

    /// <summary>Weight used within a minute before <paramref name="now"/>.</summary>
    public int Used(long now, long minute)
    {
        while (_past.TryPeek(out (long At, int Weight) oldest) && now - oldest.At >= minute)
        {
            _past.Dequeue();
            _used -= oldest.Weight;
        }

        if (_newest.Weight > 0 && now - _newest.At >= minute)
        {
            _used -= _newest.Weight;
            _newest = default;
        }

        return _used;
    }

    /// <summary>Remembers a use; with a grain above 0, uses that began within it are remembered as one.</summary>
    public void Add(long now, int weight, long grain)
    {
        _used += weight;
        if (_newest.Weight > 0 && now - _newestBegan < grain)
        {
            _newest = (now, _newest.Weight + weight);
            return;
        }

        if (_newest.Weight > 0)
            _past.Enqueue(_newest);
        _newest = (now, weight);
        _newestBegan = now;
    }

    /// <summary>Ticks until no more than <paramref name="wanted"/> of what is used now is left.</summary>
    public long UntilAtMost(int wanted, long now, long minute)
    {
        int left = _used;
        foreach ((long at, int weight) in _past)
        {
            left -= weight;
            if (left <= wanted)
                return at + minute - now;
        }

        return _newest.At + minute - now;
    }
}

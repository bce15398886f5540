namespace Portok.Engine.Traffic;

/// <summary>Requests in each of the last seconds. Written by one thread, read by any.</summary>
internal sealed class RequestRate
{
    private const int Ring = 64;
    private readonly long[] _seconds = new long[Ring];
    private readonly int[] _counts = new int[Ring];

    internal void Count(long second)
    {
        int at = (int)(second & (Ring - 1));
        if (_seconds[at] != second)
        {
            _counts[at] = 0;
            _seconds[at] = second;
        }

        _counts[at]++;
    }

    /// <summary>Requests in the whole seconds [now − 60, now).</summary>
    internal long LastMinute(long second)
    {
        long sum = 0;
        for (int i = 0; i < Ring; i++)
            if (_seconds[i] < second && _seconds[i] >= second - 60) sum += _counts[i];
        return sum;
    }
}

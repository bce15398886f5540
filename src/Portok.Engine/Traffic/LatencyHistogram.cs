using System.Numerics;

namespace Portok.Engine.Traffic;

/// <summary>
/// Latencies in microseconds, log-linear: 16 steps in each power of two, so a percentile is at most about 6 % off. Written
/// by one thread, read by any (a reading may miss what is being added at that moment).
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 4, Sub = 1 << SubBits, Buckets = Sub * 30;
    private readonly int[] _counts = new int[Buckets];
    private long _maxMicros;

    internal void Add(long micros)
    {
        _counts[IndexOf(micros)]++;
        if (micros > _maxMicros) _maxMicros = micros;
    }

    internal void Clear()
    {
        Array.Clear(_counts);
        _maxMicros = 0;
    }

    internal void AddTo(LatencyHistogram sum)
    {
        for (int i = 0; i < Buckets; i++) sum._counts[i] += _counts[i];
        sum._maxMicros = Math.Max(sum._maxMicros, _maxMicros);
    }

    /// <summary>Percentiles in milliseconds; null when nothing was counted.</summary>
    internal EngineLatency? Summary()
    {
        long total = 0;
        foreach (int count in _counts) total += count;
        if (total == 0) return null;
        return new EngineLatency(At(0.50, total), At(0.90, total), At(0.95, total), At(0.99, total), _maxMicros / 1000.0);
    }

    private double At(double quantile, long total)
    {
        long rank = (long)Math.Ceiling(quantile * total), seen = 0;
        for (int i = 0; i < Buckets; i++)
        {
            seen += _counts[i];
            if (seen >= rank) return Math.Min(UpperMicros(i), _maxMicros) / 1000.0;
        }

        return _maxMicros / 1000.0;
    }

    private static int IndexOf(long micros)
    {
        if (micros < Sub) return (int)Math.Max(0, micros);
        int log2 = BitOperations.Log2((ulong)micros);
        int index = ((log2 - SubBits + 1) << SubBits) + (int)((micros >> (log2 - SubBits)) & (Sub - 1));
        return Math.Min(index, Buckets - 1);
    }

    private static long UpperMicros(int index)
    {
        if (index < Sub) return index;
        int shift = (index >> SubBits) - 1;
        return ((long)(Sub + (index & (Sub - 1))) << shift) + (1L << shift) - 1;
    }
}

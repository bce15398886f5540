using System.Numerics;

namespace Portok.Cli.Demo.Load;

/// <summary>
/// Counts of latencies in log-linear buckets: 32 to each doubling, so that a percentile is off by at most 3 %. Any thread
/// may record; a snapshot taken meanwhile may miss what is being recorded.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int SubBuckets = 1 << SubBits;
    private const int MaxBits = 27; // 134 s in microseconds

    private readonly long[] _counts = new long[(MaxBits - SubBits + 1) * SubBuckets];

    public void Record(TimeSpan latency) => Interlocked.Increment(ref _counts[BucketOf((long)latency.TotalMicroseconds)]);

    public LatencySnapshot Snapshot()
    {
        long[] copy = new long[_counts.Length];
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = Interlocked.Read(ref _counts[i]);
        }

        return new LatencySnapshot(copy);
    }

    internal static int BucketOf(long microseconds)
    {
        long value = Math.Clamp(microseconds, 0, (1L << MaxBits) - 1);
        if (value < SubBuckets)
        {
            return (int)value;
        }

        int shift = BitOperations.Log2((ulong)value) - SubBits;
        return ((shift + 1) * SubBuckets) + (int)((value >> shift) - SubBuckets);
    }

    /// <summary>The middle of a bucket, in microseconds.</summary>
    internal static double ValueOf(int bucket)
    {
        if (bucket < SubBuckets)
        {
            return bucket;
        }

        int shift = (bucket / SubBuckets) - 1;
        double width = 1L << shift;
        return ((SubBuckets + (bucket % SubBuckets)) * width) + (width / 2);
    }
}

/// <summary>The counts of a histogram at one moment.</summary>
internal sealed class LatencySnapshot
{
    private readonly long[] _counts;

    internal LatencySnapshot(long[] counts)
    {
        _counts = counts;
        Count = counts.Sum();
    }

    public long Count { get; }

    /// <summary>What was recorded after an earlier snapshot of the same histogram.</summary>
    public LatencySnapshot Since(LatencySnapshot earlier) => new([.. _counts.Zip(earlier._counts, (now, then) => now - then)]);

    /// <summary>The latency that this part (0–1) of the requests did not exceed, in ms; null when there were none.</summary>
    public double? Percentile(double part)
    {
        if (Count == 0)
        {
            return null;
        }

        long rank = Math.Max(1, (long)Math.Ceiling(part * Count));
        int bucket = 0;
        for (long seen = _counts[0]; seen < rank;)
        {
            seen += _counts[++bucket];
        }

        return LatencyHistogram.ValueOf(bucket) / 1000;
    }
}

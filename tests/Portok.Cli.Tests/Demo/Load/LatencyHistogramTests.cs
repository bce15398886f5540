using Portok.Cli.Demo.Load;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Demo.Load;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(123456)]
    [InlineData(60_000_000)]
    public void Record_AnyLatency_IsKeptWithin3Percent(long microseconds)
    {
        LatencyHistogram histogram = new();

        histogram.Record(TimeSpan.FromMicroseconds(microseconds));

        double kept = histogram.Snapshot().Percentile(1).ShouldNotBeNull() * 1000;
        kept.ShouldBe(microseconds, Math.Max(0.5, microseconds * 0.03));
    }

    [Fact]
    public void BucketOf_GrowingLatency_NeverGoesBackNorSkips()
    {
        int last = 0;
        for (long us = 0; us < 100_000; us++)
        {
            int bucket = LatencyHistogram.BucketOf(us);
            bucket.ShouldBeInRange(last, last + 1);
            last = bucket;
        }
    }

    [Fact]
    public void Record_BeyondTheScale_IsCountedAtItsEnd()
    {
        LatencyHistogram histogram = new();

        histogram.Record(TimeSpan.FromHours(1));
        histogram.Record(TimeSpan.FromSeconds(-1));

        histogram.Snapshot().Count.ShouldBe(2);
        histogram.Snapshot().Percentile(0).ShouldBe(0);
    }

    [Fact]
    public void Percentile_OfAKnownSpread_IsRight()
    {
        LatencyHistogram histogram = new();
        for (int ms = 1; ms <= 100; ms++)
        {
            histogram.Record(TimeSpan.FromMilliseconds(ms));
        }

        LatencySnapshot snapshot = histogram.Snapshot();

        snapshot.Percentile(0.5).ShouldNotBeNull().ShouldBe(50, 1.5);
        snapshot.Percentile(0.99).ShouldNotBeNull().ShouldBe(99, 3);
        snapshot.Percentile(1).ShouldNotBeNull().ShouldBe(100, 3);
    }

    [Fact]
    public void Since_AnEarlierSnapshot_LeavesWhatCameAfterIt()
    {
        LatencyHistogram histogram = new();
        histogram.Record(TimeSpan.FromSeconds(5));
        LatencySnapshot before = histogram.Snapshot();

        before.Since(before).Percentile(0.5).ShouldBeNull();
        histogram.Record(TimeSpan.FromMilliseconds(1));

        LatencySnapshot after = histogram.Snapshot().Since(before);
        after.Count.ShouldBe(1);
        after.Percentile(1).ShouldNotBeNull().ShouldBe(1, 0.05);
    }
}

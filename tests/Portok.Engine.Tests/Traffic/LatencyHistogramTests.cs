using CsCheck;
using Portok.Engine.Traffic;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Traffic;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Summary_NothingCounted_IsNull() => new LatencyHistogram().Summary().ShouldBeNull();

    [Fact]
    public void Summary_AnyLatencies_PercentilesAreAtMostASixteenthTooHighAndMaxIsExact()
        => Gen.OneOf(Gen.Long[0, 40], Gen.Long[0, 100_000], Gen.Long[0, 8_000_000_000]).Array[1, 300].Sample(micros =>
        {
            var histogram = new LatencyHistogram();
            foreach (long value in micros) histogram.Add(value);
            EngineLatency summary = histogram.Summary().ShouldNotBeNull();
            long[] sorted = [.. micros.Order()];
            Check(summary.P50, 0.50);
            Check(summary.P90, 0.90);
            Check(summary.P95, 0.95);
            Check(summary.P99, 0.99);
            summary.Max.ShouldBe(sorted[^1] / 1000.0);

            void Check(double told, double quantile)
            {
                double exact = sorted[(int)Math.Ceiling(quantile * sorted.Length) - 1] / 1000.0;
                told.ShouldBeInRange(exact, (exact * 1.0625) + 1e-9);
            }
        });

    [Fact]
    public void Add_MoreThanItCanTellApart_GoesIntoTheLastStepAndTheMax()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(long.MaxValue / 2);
        histogram.Add(-1);
        EngineLatency summary = histogram.Summary().ShouldNotBeNull();
        summary.Max.ShouldBe(long.MaxValue / 2 / 1000.0);
        summary.P50.ShouldBe(0);
    }

    [Fact]
    public void AddTo_TwoHistograms_IsLikeOneOfBoth()
    {
        LatencyHistogram one = new(), two = new(), both = new(), sum = new();
        for (int i = 1; i < 500; i++)
        {
            (i % 3 == 0 ? one : two).Add(i * 37);
            both.Add(i * 37);
        }

        one.AddTo(sum);
        two.AddTo(sum);
        sum.Summary().ShouldBe(both.Summary());
    }

    [Fact]
    public void Clear_ForgetsEverything()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(5);
        histogram.Clear();
        histogram.Summary().ShouldBeNull();
        histogram.Add(3);
        histogram.Summary()!.Max.ShouldBe(0.003);
    }
}

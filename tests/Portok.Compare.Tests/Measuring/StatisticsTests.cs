using Portok.Compare.Measuring;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Measuring;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(50, 50)]
    [InlineData(99, 99)]
    [InlineData(100, 100)]
    [InlineData(0, 1)]
    public void Percentile_OfAHundred_IsTheNearestRank(double percent, double expected) =>
        Percentile.Of(Percentile.Sorted(Enumerable.Range(1, 100).Reverse().Select(i => (double)i)), percent).ShouldBe(expected);

    [Fact]
    public void Percentile_OfNone_IsNoNumber() => Percentile.Of([], 50).ShouldBe(double.NaN);

    [Theory]
    [InlineData(new[] { 3.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5)]
    public void Spread_Median_LiesInTheMiddle(double[] values, double median) =>
        Spread.Of(values).ShouldBe(new Spread(median, 1, values.Max()));

    /// <summary>What threads used that ended meanwhile is in stat only; else the finer counter is right.</summary>
    [Theory]
    [InlineData(0.12, 0.1234, 0.1234)]
    [InlineData(1.50, 0.30, 1.50)]
    [InlineData(1.50, -2.0, 1.50)]
    public void ProcessCpu_TwoCounters_TakesTheFinerUnlessThreadsEnded(double stat, double threads, double expected) =>
        ProcessCpu.Between(stat, threads).ShouldBe(expected);

    [Fact]
    public void ProcessCpu_WorkOfAThreadThatEnded_IsCounted()
    {
        var cpu = new ProcessCpu(Environment.ProcessId);
        double used = 0;
        var worker = new Thread(() =>
        {
            TimeSpan begun = Environment.CpuUsage.TotalTime;
            while (used < 0.3)
            {
                used = (Environment.CpuUsage.TotalTime - begun).TotalSeconds;
            }
        });
        worker.Start();
        worker.Join();

        cpu.Seconds().ShouldBeGreaterThan(0.2);
    }
}

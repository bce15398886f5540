using Portok.Engine.Traffic;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Traffic;

public sealed class ReactorCountersTests
{
    private const long Minute = 60_000;

    [Fact]
    public void AddLatency_NextMinute_KeepsTheOneBefore()
    {
        var counters = new ReactorCounters();
        counters.AddLatency(1000, 10 * Minute);
        counters.AddLatency(2000, (11 * Minute) + 5);
        counters.Latency.Summary()!.Max.ShouldBe(2);
        counters.LatencyBefore.Summary()!.Max.ShouldBe(1);
    }

    [Fact]
    public void AddLatency_AfterAQuietWhile_ForgetsWhatIsOld()
    {
        var counters = new ReactorCounters();
        counters.AddLatency(1000, 10 * Minute);
        counters.AddLatency(2000, 12 * Minute);
        counters.Latency.Summary()!.Max.ShouldBe(2);
        counters.LatencyBefore.Summary().ShouldBeNull();
    }
}

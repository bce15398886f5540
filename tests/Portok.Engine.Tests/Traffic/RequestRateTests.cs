using CsCheck;
using Portok.Engine.Traffic;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Traffic;

public sealed class RequestRateTests
{
    [Fact]
    public void LastMinute_AnyTraffic_IsTheSumOfTheSixtySecondsBefore()
        => Gen.Select(Gen.Int[0, 20], Gen.Int[0, 5]).Array[1, 60].Sample(steps =>
        {
            var rate = new RequestRate();
            var model = new List<long>();
            long second = 1_000_000;
            foreach ((int pause, int count) in steps)
            {
                second += pause;
                for (int i = 0; i < count; i++)
                {
                    rate.Count(second);
                    model.Add(second);
                }

                rate.LastMinute(second).ShouldBe(model.Count(s => s < second && s >= second - 60));
            }
        });

    [Fact]
    public void LastMinute_LongAfter_IsZero()
    {
        var rate = new RequestRate();
        rate.Count(100);
        rate.LastMinute(101).ShouldBe(1);
        rate.LastMinute(160).ShouldBe(1);
        rate.LastMinute(161).ShouldBe(0);
        rate.LastMinute(100 + 64).ShouldBe(0);
    }
}

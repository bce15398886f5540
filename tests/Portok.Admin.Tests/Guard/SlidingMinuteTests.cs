using Portok.Admin.Guard;

namespace Portok.Admin.Tests.Guard;

public class SlidingMinuteTests
{
    private const long Second = 1000;
    private const long Minute = 60 * Second;

    [Fact]
    public void WithoutGrain_EachUseEndsAtItsOwnTime()
    {
        var minute = new SlidingMinute();
        for (int i = 0; i < 5; i++)
            minute.Add(i, 1, grain: 0);
        minute.Remembered.ShouldBe(5);
        minute.Used(Minute + 2, Minute).ShouldBe(2);
        minute.UntilAtMost(1, Minute + 2, Minute).ShouldBe(1);
        minute.UntilAtMost(0, Minute + 2, Minute).ShouldBe(2);
    }

    [Fact]
    public void WithGrain_MemoryStaysBounded_AndNothingEndsEarly()
    {
        var minute = new SlidingMinute();
        long now = 0;
        for (int i = 0; i < 300_000; i++, now++)
        {
            minute.Add(now, 1, Second);
            minute.Used(now, Minute).ShouldBeInRange((int)Math.Min(now + 1, Minute), (int)Math.Min(now + 1, Minute + Second));
        }

        minute.Remembered.ShouldBeLessThanOrEqualTo(62);
    }
}

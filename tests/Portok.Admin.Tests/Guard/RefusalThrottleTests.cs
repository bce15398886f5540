using Microsoft.Extensions.Time.Testing;
using Portok.Admin.Guard;

namespace Portok.Admin.Tests.Guard;

public class RefusalThrottleTests
{
    [Fact]
    public void Lines_OverTheLimit_AreLeftOutAndCountedInTheNext()
    {
        var time = new FakeTimeProvider();
        var throttle = new RefusalThrottle(time, 2);
        Enumerable.Range(0, 5).Count(_ => throttle.TryEnter(out _)).ShouldBe(2);

        time.Advance(TimeSpan.FromMinutes(1));
        throttle.TryEnter(out int leftOut).ShouldBeTrue();
        leftOut.ShouldBe(3);
        throttle.TryEnter(out leftOut).ShouldBeTrue();
        leftOut.ShouldBe(0);
    }
}

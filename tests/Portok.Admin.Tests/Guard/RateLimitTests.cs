using System.Net;
using Microsoft.Extensions.Time.Testing;
using Portok.Admin.Guard;

namespace Portok.Admin.Tests.Guard;

public class RateLimitTests
{
    private static readonly IPAddress Alice = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Bob = IPAddress.Parse("192.0.2.2");

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Request_OverTheLimit_IsRefused()
    {
        var rate = new RateLimit(_time, 3);
        Enter(rate, Alice, 5).ShouldBe(3);
    }

    [Fact]
    public void Minute_Slides_EachUseReturnsSixtySecondsAfterIt()
    {
        var rate = new RateLimit(_time, 2);
        Enter(rate, Alice, 1).ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(40));
        Enter(rate, Alice, 2).ShouldBe(1);

        _time.Advance(TimeSpan.FromSeconds(19.999));
        Enter(rate, Alice, 1).ShouldBe(0);
        _time.Advance(TimeSpan.FromSeconds(0.001));
        Enter(rate, Alice, 2).ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(40));
        Enter(rate, Alice, 2).ShouldBe(1);
    }

    [Fact]
    public void Refused_RetryAfterSaysWhenARequestIsLetInAgain()
    {
        var rate = new RateLimit(_time, 2);
        Enter(rate, Alice, 1);
        _time.Advance(TimeSpan.FromSeconds(10.5));
        Enter(rate, Alice, 1);

        rate.TryEnter(Alice, out TimeSpan retryAfter).ShouldBeFalse();
        retryAfter.ShouldBe(TimeSpan.FromSeconds(50));
        _time.Advance(retryAfter);
        rate.TryEnter(Alice, out _).ShouldBeTrue();
    }

    [Fact]
    public void RefusedRequests_DoNotProlongTheRefusal()
    {
        var rate = new RateLimit(_time, 1);
        Enter(rate, Alice, 1);
        for (int second = 0; second < 59; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Enter(rate, Alice, 1).ShouldBe(0);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Enter(rate, Alice, 1).ShouldBe(1);
    }

    [Fact]
    public void WrongToken_CountsDouble()
    {
        var rate = new RateLimit(_time, 10);
        int guesses = 0;
        while (rate.TryEnter(Alice, out _))
        {
            guesses++;
            rate.CountAgain(Alice);
        }

        guesses.ShouldBe(5);
    }

    [Fact]
    public void Addresses_AreCountedApart()
    {
        var rate = new RateLimit(_time, 1);
        Enter(rate, Alice, 1).ShouldBe(1);
        Enter(rate, Bob, 1).ShouldBe(1);
        Enter(rate, Alice, 1).ShouldBe(0);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.3", false)]
    public void Addresses_OfOneIPv6Network_ShareACounter(string first, string second, bool shared)
    {
        var rate = new RateLimit(_time, 1);
        Enter(rate, IPAddress.Parse(first), 1);
        rate.TryEnter(IPAddress.Parse(second), out _).ShouldBe(!shared);
    }

    [Fact]
    public void Limit_Zero_IsOff()
    {
        var rate = new RateLimit(_time, 0);
        Enter(rate, Alice, 1000).ShouldBe(1000);
        rate.TrackedAddresses.ShouldBe(0);
    }

    [Fact]
    public void Limit_Changed_KeepsWhatWasCounted()
    {
        var rate = new RateLimit(_time, 10);
        Enter(rate, Alice, 5);
        rate.PerMinute = 6;
        Enter(rate, Alice, 5).ShouldBe(1);
    }

    [Fact]
    public void HighLimit_IsKept_AndLetsInAgainAfterAMinute()
    {
        var rate = new RateLimit(_time, 1000);
        int letIn = 0;
        for (int tenth = 0; tenth < 300; tenth++)
        {
            letIn += Enter(rate, Alice, 10);
            _time.Advance(TimeSpan.FromSeconds(0.1));
        }

        letIn.ShouldBe(1000);

        // 100 a second came in the first 10 of these 30 seconds; at 65 s those of the first 5 are a minute old.
        _time.Advance(TimeSpan.FromSeconds(35));
        Enter(rate, Alice, 2000).ShouldBeInRange(400, 500);
        _time.Advance(TimeSpan.FromSeconds(61));
        Enter(rate, Alice, 2000).ShouldBe(1000);
    }

    [Fact]
    public void FullTable_NewAddressesShareOneCounter_AndNobodysCounterIsForgotten()
    {
        var rate = new RateLimit(_time, 2);
        Enter(rate, Alice, 2);
        for (int i = 1; i < RateLimit.MaxAddresses + 500; i++)
            rate.TryEnter(new IPAddress([10, 0, (byte)(i >> 8), (byte)i]), out _);

        rate.TrackedAddresses.ShouldBe(RateLimit.MaxAddresses);
        rate.TryEnter(Alice, out _).ShouldBeFalse();
        rate.TryEnter(IPAddress.Parse("203.0.113.1"), out _).ShouldBeFalse();
    }

    [Fact]
    public void FullTable_MakesRoomWhenTheMinuteOfOthersIsOver()
    {
        var rate = new RateLimit(_time, 1);
        for (int i = 0; i < RateLimit.MaxAddresses; i++)
            rate.TryEnter(new IPAddress([10, 0, (byte)(i >> 8), (byte)i]), out _);
        _time.Advance(TimeSpan.FromSeconds(60));

        rate.TryEnter(Alice, out _).ShouldBeTrue();
        rate.TrackedAddresses.ShouldBe(1);
        rate.TryEnter(Alice, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Limit_HoldsUnderConcurrency()
    {
        var rate = new RateLimit(_time, 100);
        int[] letIn = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enter(rate, Alice, 200))));
        letIn.Sum().ShouldBe(100);
    }

    private static int Enter(RateLimit rate, IPAddress address, int times) =>
        Enumerable.Range(0, times).Count(_ => rate.TryEnter(address, out TimeSpan _));
}

using Portok.Engine.Traffic;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Traffic;

public sealed class DescriptorBudgetTests
{
    [Theory]
    [InlineData(10, 1024)]
    [InlineData(150, 1024)]
    [InlineData(900, 1024)]
    [InlineData(900, 5)]
    [InlineData(20_000, 1024)]
    [InlineData(65_000, 1024)]
    public void Shares_OfClientsBothPortsAndTheRest_AreWithinWhatIsFree(int free, int upstreamMax)
    {
        var budget = new DescriptorBudget(free, upstreamMax);
        int atOnce = budget.Left + (2 * budget.Upstreams) + (2 * budget.AdminCalls) + budget.Refusals;
        atOnce.ShouldBeLessThanOrEqualTo(free);
        budget.Upstreams.ShouldBeLessThanOrEqualTo(upstreamMax);
        budget.Left.ShouldBeGreaterThan(free / 3);
    }

    [Fact]
    public void TryTake_MoreThanThereAre_IsRefusedUntilOneIsGivenBack()
    {
        var budget = new DescriptorBudget(60, 1024);
        int places = budget.Left;
        for (int i = 0; i < places; i++) budget.TryTake().ShouldBeTrue();
        budget.TryTake().ShouldBeFalse();
        budget.TryTake().ShouldBeFalse();
        budget.Return();
        budget.TryTake().ShouldBeTrue();
        budget.Left.ShouldBe(0);
    }

    [Fact]
    public void NotKnown_NothingIsLimited()
    {
        var budget = new DescriptorBudget(0, 77);
        budget.Upstreams.ShouldBe(77);
        for (int i = 0; i < 100_000; i++) budget.TryTake().ShouldBeTrue();
    }
}

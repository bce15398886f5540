using Portok.Compare.Measuring;
using Portok.Compare.Targets;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Targets;

public sealed class VerdictTests
{
    private static readonly Target Cost = Target.OverNginx(Figures.Cpu, 0.85, 0.70);
    private static readonly Target Speed = Target.OverNginx(Figures.Rate, null, 1.2, atLeast: true);

    [Theory]
    [InlineData(0.70, true, true)]
    [InlineData(0.8504, true, false)]
    [InlineData(0.86, false, false)]
    public void Bounds_UpperOnes_AreMetFromBelow(double found, bool must, bool goal)
    {
        Verdict verdict = Found(Cost, found);
        verdict.MustMet.ShouldBe(must);
        verdict.GoalMet.ShouldBe(goal);
    }

    [Theory]
    [InlineData(1.2, true)]
    [InlineData(1.1, false)]
    public void Bounds_LowerOnes_AreMetFromAbove(double found, bool goal)
    {
        Verdict verdict = Found(Speed, found);
        verdict.GoalMet.ShouldBe(goal);
        verdict.MustMet.ShouldBeNull();
    }

    [Fact]
    public void Shortfall_IsAShareOfTheBound()
    {
        Found(Cost, 0.77).Shortfall(Cost.Goal)!.Value.ShouldBe(0.1, 1e-9);
        Found(Cost, 0.77).Shortfall(Cost.Must).ShouldBe(0);
        Found(Speed, 0.9).Shortfall(Speed.Goal)!.Value.ShouldBe(0.25, 1e-9);
    }

    [Fact]
    public void Shortfall_OfABoundOfNothing_HasNoShare() =>
        Found(Target.Own(Figures.Lost, 0, 0), 3).Shortfall(0).ShouldBe(double.PositiveInfinity);

    [Fact]
    public void Bounds_WithFailedRequests_AreNotMet() =>
        new Verdict(Cost, "12b-64", "", Spread.Of([0.1]), Errors: 1).MustMet.ShouldBe(false);

    [Fact]
    public void Bounds_NotMeasured_AreNeitherMetNorMissed() => new Verdict(Cost, "12b-64", "", null).MustMet.ShouldBeNull();

    private static Verdict Found(Target target, double value) => new(target, "12b-64", "", Spread.Of([value]));
}

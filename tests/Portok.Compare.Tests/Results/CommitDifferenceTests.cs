using Portok.Compare.Results;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Results;

public sealed class CommitDifferenceTests
{
    [Fact]
    public void Of_ATenthMoreInEveryRound_IsDearer()
    {
        CommitDifference difference = Of(("portokd", 1, 11.5), ("portokd-base", 1, 10), ("portokd", 2, 11), ("portokd-base", 2, 10));

        difference.IsDearer.ShouldBeTrue();
        difference.InWords().ShouldBe("12b-64         CPU × 1.13 (1.10–1.15): dearer");
    }

    [Fact]
    public void Of_ARoundOnTheOtherSide_IsNotDearer() =>
        Of(("portokd", 1, 15), ("portokd-base", 1, 10), ("portokd", 2, 9.9), ("portokd-base", 2, 10)).IsDearer.ShouldBeFalse();

    [Fact]
    public void InWords_AllRoundsLess_IsCheaper() =>
        Of(("portokd", 1, 8), ("portokd-base", 1, 10), ("portokd", 2, 7), ("portokd-base", 2, 10)).InWords().ShouldEndWith(": cheaper");

    [Fact]
    public void InWords_EarlierCommitWasNotMeasured_SaysSo() => Of(("portokd", 1, 8)).InWords().ShouldContain("not measured");

    private static CommitDifference Of(params (string Peer, int Round, double Cpu)[] samples) => CommitDifference.Of(Example.Result("12b-64", samples));
}

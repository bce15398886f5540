using Portok.Compare.Measuring;
using Portok.Compare.Results;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Results;

public sealed class PeerSummaryTests
{
    /// <summary>The machine was half as fast in the second round: the ratio must not feel it.</summary>
    [Fact]
    public void Ratios_MachineDrifts_AreThoseOfEachRound()
    {
        ScenarioResult result = Example.Result("12b-64", ("portokd", 1, 8), ("nginx", 1, 10), ("portokd", 2, 18), ("nginx", 2, 20));

        PeerSummary nginx = PeerSummary.Of(result)[1];

        nginx.Values[Figures.Cpu.Key].ShouldBe(new Spread(15, 10, 20));
        nginx.Ratios[Figures.Cpu.Key].Median.ShouldBe(0.85, 1e-9);
        nginx.Ratios[Figures.Cpu.Key].Min.ShouldBe(0.8, 1e-9);
        nginx.Ratios[Figures.Cpu.Key].Max.ShouldBe(0.9, 1e-9);
    }

    [Fact]
    public void Ratios_OfTheSubjectItself_AreNone() =>
        PeerSummary.Of(Example.Result("12b-64", ("portokd", 1, 8), ("nginx", 1, 10)))[0].Ratios.ShouldBeEmpty();

    [Fact]
    public void Ratios_RoundTheSubjectMissed_IsLeftOut() =>
        PeerSummary.Of(Example.Result("12b-64", ("portokd", 1, 8), ("nginx", 1, 10), ("nginx", 2, 1)))[1]
            .Ratios[Figures.Cpu.Key].ShouldBe(new Spread(0.8, 0.8, 0.8));

    /// <summary>A median would hide the one round in which something was lost.</summary>
    [Fact]
    public void Values_WhatIsCounted_IsTheSumOfTheRounds()
    {
        ScenarioResult result = Example.Result("switch", ("portokd", 1, 8)) with
        {
            Samples = [.. Enumerable.Range(1, 3).Select(round => new Sample("portokd", round, Counts(lost: round == 2 ? 1 : 0, slowest: round), 0))],
        };

        PeerSummary summary = PeerSummary.Of(result)[0];

        summary.Values[Figures.Lost.Key].Median.ShouldBe(1);
        summary.Values[Figures.SwitchMaxMs.Key].Median.ShouldBe(3);
    }

    private static Dictionary<string, double> Counts(int lost, double slowest) =>
        new(StringComparer.Ordinal) { [Figures.Lost.Key] = lost, [Figures.SwitchMaxMs.Key] = slowest };
}

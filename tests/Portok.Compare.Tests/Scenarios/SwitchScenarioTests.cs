using Portok.Compare.Load.Clients;
using Portok.Compare.Measuring;
using Portok.Compare.Scenarios;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Scenarios;

public sealed class SwitchScenarioTests
{
    private static readonly SwitchTime Switch = new(FromMs: 1000, ToMs: 1010, ProbeMs: 7);

    [Fact]
    public void Judge_SlowRequestsOfASwitch_ShowInItsOwnPercentileOnly()
    {
        IEnumerable<PacedRequest> quiet = Enumerable.Range(0, 900).Select(i => new PacedRequest(i, 1));
        IEnumerable<PacedRequest> slow = Enumerable.Range(0, 50).Select(i => new PacedRequest(1000 + i, 3));

        Findings found = SwitchScenario.Judge([.. quiet, .. slow], [Switch]);

        found.Values[Figures.P99Before.Key].ShouldBe(1);
        found.Values[Figures.P99During.Key].ShouldBe(3);
        found.Values[Figures.P99Times.Key].ShouldBe(3);
        found.Values[Figures.Lost.Key].ShouldBe(0);
        found.Values[Figures.SwitchMs.Key].ShouldBe(3);
    }

    [Fact]
    public void Judge_RequestUnderWayWhenTheSwitchBegan_BelongsToIt() =>
        SwitchScenario.Judge([new PacedRequest(100, 1), new PacedRequest(990, 20)], [Switch]).Values[Figures.P99During.Key].ShouldBe(20);

    [Fact]
    public void Judge_RequestWithoutAnswer_IsLostAndAnError()
    {
        Findings found = SwitchScenario.Judge([new PacedRequest(100, 1), new PacedRequest(1001, double.NaN), new PacedRequest(1002, 2)], [Switch]);

        found.Values[Figures.Lost.Key].ShouldBe(1);
        found.Errors.ShouldBe(1);
    }
}

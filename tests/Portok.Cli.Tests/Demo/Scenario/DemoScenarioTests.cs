using Portok.Cli.Demo.Load;
using Portok.Cli.Demo.Scenario;
using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Demo.Scenario;

public sealed class DemoScenarioTests : IDemoAudience
{
    private readonly List<string> _said = [];

    private static DemoTimings Timings(TimeSpan grace) => new()
    {
        WarmUp = TimeSpan.FromMilliseconds(100),
        Before = TimeSpan.FromMilliseconds(200),
        During = TimeSpan.FromMilliseconds(200),
        After = TimeSpan.FromMilliseconds(100),
        Drain = TimeSpan.FromMilliseconds(700),
        RollbackCheckEvery = TimeSpan.FromMilliseconds(50),
        AskEvery = TimeSpan.FromMilliseconds(20),
        Grace = grace,
    };

    void IDemoAudience.Say(string line)
    {
        lock (_said)
        {
            _said.Add(line);
        }
    }

    private async Task<DemoReport> PlayAsync(Misbehaviour fault, double graceSeconds = 20)
    {
        DemoTimings timings = Timings(TimeSpan.FromSeconds(graceSeconds));
        await using FakeSwitchboard board = await FakeSwitchboard.StartAsync(fault, timings);
        await using DemoLoad load = new(new LoadPlan(board.Addresses.Public, Connections: 4, RequestsPerSecond: 400), webSockets: 3);
        using CancellationTokenSource bounded = new(TimeSpan.FromSeconds(90));
        return await new DemoScenario(board.Addresses, timings, load, this).RunAsync(bounded.Token);
    }

    [Fact]
    public async Task Run_EverythingAsPromised_Passes()
    {
        DemoReport report = await PlayAsync(Misbehaviour.None);

        report.Faults.ShouldBeEmpty();
        report.Passed.ShouldBeTrue();
        report.Lost.ShouldBe(0);
        report.WrongVersion.ShouldBe(0);
        report.AnsweredByV1.ShouldBeGreaterThan(0);
        report.AnsweredByV2.ShouldBeGreaterThan(0);
        report.Requests.ShouldBe(report.AnsweredByV1 + report.AnsweredByV2);
        report.ClosedAfterSwitch.ShouldBe(3);
        report.ClosedAfterRollback.ShouldBe(3);
        report.SwitchMs.ShouldNotBeNull();
        report.RollbackMs.ShouldNotBeNull();
        report.P99BeforeMs.ShouldNotBeNull();
        report.P99DuringMs.ShouldNotBeNull();
        _said.Count.ShouldBe(7);
    }

    [Fact]
    public async Task Run_SwitchRefused_FailsWithTheDaemonsWords()
    {
        DemoReport report = await PlayAsync(Misbehaviour.RefusesToSwitch);

        report.Passed.ShouldBeFalse();
        string.Join('\n', report.Faults).ShouldContain("the switch was refused: Health check failed: v2 is not well");
        report.SwitchMs.ShouldBeNull();
    }

    [Fact]
    public async Task Run_RequestsLost_Fails()
    {
        DemoReport report = await PlayAsync(Misbehaviour.LosesRequestsAfterTheSwitch);

        report.Passed.ShouldBeFalse();
        report.Lost.ShouldBeGreaterThan(0);
        report.Requests.ShouldBe(report.AnsweredByV1 + report.AnsweredByV2 + report.Lost);
    }

    [Fact]
    public async Task Run_OldVersionAnswersAfterThe200_Fails()
    {
        DemoReport report = await PlayAsync(Misbehaviour.AnswersWithTheOldVersionAfterTheSwitch);

        report.Passed.ShouldBeFalse();
        report.WrongVersion.ShouldBeGreaterThan(0);
        report.Lost.ShouldBe(0);
    }

    [Fact]
    public async Task Run_WebSocketsNeverClosed_Fails()
    {
        DemoReport report = await PlayAsync(Misbehaviour.NeverClosesWebSockets, graceSeconds: 2);

        report.Passed.ShouldBeFalse();
        report.ClosedAfterSwitch.ShouldBe(0);
        report.Faults.ShouldContain(f => f.StartsWith("not all WebSockets came over from v1 to v2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WebSocketsClosedBeforeTheDrainIsOver_Fails()
    {
        DemoReport report = await PlayAsync(Misbehaviour.ClosesWebSocketsTooEarly);

        string.Join('\n', report.Faults).ShouldContain("a WebSocket on v1 was closed before DRAIN_MS was over");
    }

    [Fact]
    public async Task Run_WebSocketsClosedWithAnotherCode_Fails()
    {
        DemoReport report = await PlayAsync(Misbehaviour.ClosesWebSocketsWithAnotherCode);

        report.Passed.ShouldBeFalse();
        report.ClosedAfterSwitch.ShouldBe(0);
        string.Join('\n', report.Faults).ShouldContain("a WebSocket on v1 ended with close code 1011");
    }

    [Fact]
    public async Task Run_NoRollback_Fails()
    {
        DemoReport report = await PlayAsync(Misbehaviour.NeverRollsBack, graceSeconds: 2);

        report.Passed.ShouldBeFalse();
        report.RollbackMs.ShouldBeNull();
        report.Faults.ShouldContain(f => f.StartsWith("v2 is unhealthy, and no rollback came", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WayBackThatIsNoRollback_Fails()
    {
        DemoReport report = await PlayAsync(Misbehaviour.RecordsTheRollbackAsManual);

        report.Faults.ShouldContain(f => f.Contains("was recorded as 'manual'", StringComparison.Ordinal));
    }
}

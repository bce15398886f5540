using Portok.Deployment.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.Draining;

public sealed class DrainTests
{
    [Fact]
    public async Task Drain_NoOldWork_IsNotShown()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);

        stage.Status.DrainUntil.ShouldBeNull();
        stage.Pass(60);
        stage.Plane.Calls.ShouldBe([$"route {Stage.Blue}", $"route {Stage.Green}"]);
    }

    [Fact]
    public async Task Drain_OldWork_IsShownUntilTheLastOfItIsGone()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Plane.Work(Stage.Blue, requests: 2, tunnels: 1);
        await stage.SwitchAsync(Stage.Green);
        var until = stage.Time.GetUtcNow().AddSeconds(30);

        stage.Status.Drains.ShouldBe([new DrainStatus(Stage.Blue, 2, 1, until)]);
        stage.Status.DrainUntil.ShouldBe(until);
        stage.Plane.Work(Stage.Blue, requests: 0, tunnels: 1);
        stage.Status.Drains.ShouldBe([new DrainStatus(Stage.Blue, 0, 1, until)]);
        stage.Plane.Work(Stage.Blue, 0);
        stage.Status.DrainUntil.ShouldBeNull();
        stage.Status.Drains.ShouldBeEmpty();
    }

    [Fact]
    public async Task Drain_WorkGoneBeforeTheDeadline_NothingIsEndedOrCut()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Plane.Work(Stage.Blue, 1);
        await stage.SwitchAsync(Stage.Green);
        stage.Pass(10);
        stage.Plane.Work(Stage.Blue, 0);

        stage.Pass(60);

        stage.Plane.Calls.ShouldBe([$"route {Stage.Blue}", $"route {Stage.Green}"]);
        stage.Log.Collector.GetSnapshot().Count(r => r.Id.Id == 1300).ShouldBe(1);
    }

    [Fact]
    public async Task Drain_Deadline_EndsTunnelsThenCutsTheRest()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Plane.Work(Stage.Blue, requests: 1, tunnels: 3);
        await stage.SwitchAsync(Stage.Green);
        stage.Plane.Calls.Clear();

        stage.Pass(29.999);
        stage.Plane.Calls.ShouldBeEmpty();
        stage.Pass(0.001);
        stage.Plane.Calls.ShouldBe(["end 8080 within 500"]);
        stage.Status.DrainUntil.ShouldNotBeNull();
        stage.Pass(0.899);
        stage.Plane.Calls.Count.ShouldBe(1);
        stage.Pass(0.001);
        stage.Plane.Calls.ShouldBe(["end 8080 within 500", "cut 8080"]);
        stage.Status.DrainUntil.ShouldBeNull();
        stage.Pass(60);
        stage.Plane.Calls.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(400, 100)]
    [InlineData(2000, 500)]
    [InlineData(60000, 500)]
    public async Task Drain_OfAnyLength_SpreadsTheClosesOverNoMoreThanAQuarterOfIt(int drainMs, int spreadMs)
    {
        await using var stage = await Stage.StartedAsync(s => s with { Drain = TimeSpan.FromMilliseconds(drainMs) });
        stage.Plane.Work(Stage.Blue, requests: 1, tunnels: 1);
        await stage.SwitchAsync(Stage.Green);

        stage.Pass((drainMs + 900) / 1000.0);

        stage.Plane.Calls[2..].ShouldBe([$"end 8080 within {spreadMs}", "cut 8080"]);
    }

    [Fact]
    public async Task Drain_SeveralAtOnce_EachHasItsOwnDeadline()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Plane.Work(Stage.Blue, 1);
        await stage.SwitchAsync(Stage.Green);
        stage.Pass(10);
        stage.Plane.Work(Stage.Green, 1);
        await stage.SwitchAsync(9000);

        stage.Status.Drains.Select(d => d.Port).ShouldBe([Stage.Blue, Stage.Green]);
        stage.Status.DrainUntil.ShouldBe(stage.Time.GetUtcNow().AddSeconds(30));
        stage.Pass(20.9);
        stage.Plane.Did("cut 8080").ShouldBeTrue();
        stage.Plane.Did("end 8081 within 500").ShouldBeFalse();
        stage.Status.Drains.ShouldHaveSingleItem().Port.ShouldBe(Stage.Green);
        stage.Pass(10);
        stage.Plane.Did("cut 8081").ShouldBeTrue();
    }

    [Fact]
    public async Task Drain_SwitchedBackToThePort_IsCancelled()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Plane.Work(Stage.Blue, requests: 1, tunnels: 1);
        await stage.SwitchAsync(Stage.Green);
        stage.Pass(10);
        await stage.SwitchAsync(Stage.Blue);

        stage.Status.Drains.ShouldBeEmpty();
        stage.Pass(120);

        stage.Plane.Calls.ShouldBe([$"route {Stage.Blue}", $"route {Stage.Green}", $"route {Stage.Blue}"]);
    }

    [Fact]
    public async Task Drain_SwitchedBackAndForth_CountsFromTheLatestSwitch()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Plane.Work(Stage.Blue, 1);
        await stage.SwitchAsync(Stage.Green);
        stage.Pass(10);
        await stage.SwitchAsync(Stage.Blue);
        await stage.SwitchAsync(Stage.Green);

        stage.Pass(29.999);
        stage.Plane.Did("end 8080 within 500").ShouldBeFalse();
        stage.Pass(0.001);
        stage.Plane.Did("end 8080 within 500").ShouldBeTrue();
    }

    [Fact]
    public async Task Drain_AfterARollback_IsTheSame()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Plane.Work(Stage.Green, requests: 1);
        stage.Prober.Fail(Stage.Green);
        stage.Pass(15);

        stage.Status.Drains.ShouldHaveSingleItem().Port.ShouldBe(Stage.Green);
        stage.Pass(30.9);
        stage.Plane.Did("cut 8081").ShouldBeTrue();
    }

    [Fact]
    public async Task Stop_WhileDraining_DeadlineStillStrikes()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Plane.Work(Stage.Blue, 1);
        await stage.SwitchAsync(Stage.Green);
        await stage.Coordinator.StopAsync();

        stage.Pass(30.9);

        stage.Plane.Did("cut 8080").ShouldBeTrue();
    }

    [Fact]
    public async Task Apply_ChangedDrain_HoldsForTheNextDrain()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Plane.Work(Stage.Blue, 1);
        await stage.SwitchAsync(Stage.Green);
        var running = stage.Status.DrainUntil;
        stage.Coordinator.Apply(stage.Settings with { Drain = TimeSpan.FromSeconds(3) });

        stage.Status.DrainUntil.ShouldBe(running);
        stage.Plane.Work(Stage.Green, 1);
        await stage.SwitchAsync(9000);
        stage.Status.Drains.Single(d => d.Port == Stage.Green).Until.ShouldBe(stage.Time.GetUtcNow().AddSeconds(3));
    }
}

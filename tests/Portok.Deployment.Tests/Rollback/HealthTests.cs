using Microsoft.Extensions.Logging;
using Portok.Deployment.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.Rollback;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_BeforeTheFirstProbe_IsUnknown()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Pass(4.9);

        stage.Status.Health.ShouldBe(new HealthStatus(null, null, 0));
    }

    [Fact]
    public async Task Health_WithoutAnySwitch_IsProbedEveryInterval()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Pass(20);

        stage.Prober.Probed.ShouldBe([Stage.Blue, Stage.Blue, Stage.Blue, Stage.Blue]);
        stage.Status.Health.ShouldBe(new HealthStatus(true, stage.Time.GetUtcNow(), 0));
    }

    [Fact]
    public async Task Health_AfterASwitch_IsWhatItsProbeFound()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Prober.Fail(Stage.Blue);
        stage.Pass(5);
        await stage.SwitchAsync(Stage.Green);

        stage.Status.Health.ShouldBe(new HealthStatus(true, stage.Time.GetUtcNow(), 0));
    }

    [Fact]
    public async Task Health_ProbeOutlastsTheInterval_NextBeginsWhenItEnds()
    {
        await using var stage = await Stage.StartedAsync();
        var held = stage.Prober.Hold(Stage.Blue);
        stage.Pass(12);
        stage.Prober.Probed.Count.ShouldBe(1);

        held.SetResult();

        await Eventually.TrueAsync(() => stage.Prober.Probed.Count == 2);
    }

    [Fact]
    public async Task Health_OutsideTheWindow_LogsChangesAndNotEachFailure()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Prober.Fail(Stage.Blue);
        stage.Pass(50);
        stage.Logged(LogLevel.Warning).Count().ShouldBe(1);
        stage.Prober.Heal(Stage.Blue);
        stage.Pass(50);

        stage.Logged(LogLevel.Warning).Count().ShouldBe(1);
        stage.Logged(LogLevel.Information).Count(m => m.Contains("healthy again", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Apply_ChangedInterval_HoldsAtOnce()
    {
        await using var stage = await Stage.StartedAsync(s => s with { RollbackCheckEvery = TimeSpan.FromHours(1) });
        stage.Pass(1);

        stage.Coordinator.Apply(stage.Settings with { RollbackCheckEvery = TimeSpan.FromSeconds(2) });
        stage.Pass(1);

        stage.Prober.Probed.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Apply_ChangedThreshold_HoldsInTheOpenWindow()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Prober.Fail(Stage.Green);

        stage.Coordinator.Apply(stage.Settings with { RollbackFailThreshold = 1 }).ShouldBeEmpty();
        stage.Pass(5);

        stage.Status.ActivePort.ShouldBe(Stage.Blue);
    }

    [Fact]
    public async Task Apply_ChangedWindow_HoldsFromTheNextSwitch()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        var until = stage.Status.Rollback.ArmedUntil;

        stage.Coordinator.Apply(stage.Settings with { RollbackWindow = TimeSpan.FromSeconds(7) });
        stage.Status.Rollback.ArmedUntil.ShouldBe(until);
        await stage.SwitchAsync(Stage.Blue);

        stage.Status.Rollback.ArmedUntil.ShouldBe(stage.Time.GetUtcNow().AddSeconds(7));
    }

    [Fact]
    public async Task Apply_WhatNeedsARestart_StaysAndIsNamed()
    {
        await using var stage = await Stage.StartedAsync();

        var waiting = stage.Coordinator.Apply(
            stage.Settings with { Instance = "other", ListenPort = 1, InitialTargetPort = 2, StateFile = "/elsewhere" });

        waiting.ShouldBe(["Instance", "ListenPort", "InitialTargetPort", "StateFile"]);
        stage.Status.Instance.ShouldBe("shop");
    }
}

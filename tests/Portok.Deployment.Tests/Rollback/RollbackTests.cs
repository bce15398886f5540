using Microsoft.Extensions.Logging;
using Portok.Deployment.Probing;
using Portok.Deployment.Switching;
using Portok.Deployment.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.Rollback;

public sealed class RollbackTests
{
    [Fact]
    public async Task Window_AfterManualSwitch_IsArmedWithThePreviousPort()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);

        stage.Status.Rollback.ShouldBe(new RollbackStatus(stage.Time.GetUtcNow().AddSeconds(60), 0, Stage.Blue));
        stage.Pass(59.9);
        stage.Status.Rollback.ArmedUntil.ShouldNotBeNull();
        stage.Pass(0.1);
        stage.Status.Rollback.ShouldBe(new RollbackStatus(null, 0, null));
    }

    [Fact]
    public async Task Window_ThresholdOfConsecutiveFailures_GoesBack()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Prober.Fail(Stage.Green, ProbeFailure.Status);

        stage.Pass(14.9);
        stage.Status.ActivePort.ShouldBe(Stage.Green);
        stage.Status.Rollback.Failures.ShouldBe(2);
        stage.Pass(0.1);

        stage.Status.ActivePort.ShouldBe(Stage.Blue);
        stage.Plane.ActivePort.ShouldBe(Stage.Blue);
        var record = stage.Status.LastSwitch.ShouldNotBeNull();
        (record.From, record.To, record.Reason).ShouldBe((Stage.Green, Stage.Blue, "rollback"));
        stage.OnDisk()!.LastSwitch.ShouldBe(record);
        stage.Prober.Probed.ShouldBe([Stage.Green, Stage.Green, Stage.Green, Stage.Green, Stage.Blue]);
    }

    [Fact]
    public async Task Window_Rollback_IsSavedBeforeTrafficMoves()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Prober.Fail(Stage.Green);
        int? savedWhenRouted = null;
        stage.Plane.OnRoute = _ => savedWhenRouted = stage.OnDisk()?.ActivePort;

        stage.Pass(15);

        savedWhenRouted.ShouldBe(Stage.Blue);
    }

    [Fact]
    public async Task Window_SuccessInBetween_CountsFromZeroAgain()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Prober.Fail(Stage.Green);
        stage.Pass(10);
        stage.Prober.Heal(Stage.Green);
        stage.Pass(5);
        stage.Status.Rollback.Failures.ShouldBe(0);
        stage.Prober.Fail(Stage.Green);

        stage.Pass(10);
        stage.Status.ActivePort.ShouldBe(Stage.Green);
        stage.Pass(5);
        stage.Status.ActivePort.ShouldBe(Stage.Blue);
    }

    [Fact]
    public async Task Window_PreviousPortDead_StaysLoudlyAndGoesBackOnceItLives()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Prober.Fail(Stage.Green);
        stage.Prober.Fail(Stage.Blue);

        stage.Pass(20);
        stage.Status.ActivePort.ShouldBe(Stage.Green);
        stage.Logged(LogLevel.Error).Count().ShouldBe(2);
        stage.Logged(LogLevel.Error).ShouldAllBe(m => m.Contains("NO ROLLBACK", StringComparison.Ordinal));
        stage.Status.Rollback.Failures.ShouldBe(4);

        stage.Prober.Heal(Stage.Blue);
        stage.Pass(5);
        stage.Status.ActivePort.ShouldBe(Stage.Blue);
    }

    [Fact]
    public async Task Window_Over_FailuresCauseNoRollback()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Pass(50);
        stage.Prober.Fail(Stage.Green);

        stage.Pass(600);

        stage.Status.ActivePort.ShouldBe(Stage.Green);
        stage.Status.Health.ActivePortOk.ShouldBe(false);
        stage.Status.Health.ConsecutiveFails.ShouldBe(120);
    }

    [Fact]
    public async Task Window_ProbeBegunInsideEndsOutside_Counts()
    {
        await using var stage = await Stage.StartedAsync(s => s with { RollbackFailThreshold = 1 });
        await stage.SwitchAsync(Stage.Green);
        stage.Pass(54);
        var held = stage.Prober.Hold(Stage.Green);
        stage.Prober.Fail(Stage.Green);
        stage.Pass(8);
        stage.Status.Rollback.ArmedUntil.ShouldBeNull();

        held.SetResult();

        await Eventually.TrueAsync(() => stage.Status.ActivePort == Stage.Blue);
    }

    [Fact]
    public async Task Rollback_Done_OpensNoWindowAndDoesNotFlap()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Prober.Fail(Stage.Green);
        stage.Pass(15);
        stage.Status.Rollback.ShouldBe(new RollbackStatus(null, 0, null));
        stage.Prober.Heal(Stage.Green);
        stage.Prober.Fail(Stage.Blue);

        stage.Pass(600);

        stage.Status.ActivePort.ShouldBe(Stage.Blue);
    }

    [Fact]
    public async Task Window_ManualSwitchInside_StartsAnewWithThePortItCameFrom()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Prober.Fail(Stage.Green);
        stage.Pass(10);

        await stage.SwitchAsync(9000);
        stage.Status.Rollback.ShouldBe(new RollbackStatus(stage.Time.GetUtcNow().AddSeconds(60), 0, Stage.Green));
        stage.Prober.Heal(Stage.Green);
        stage.Prober.Fail(9000);
        stage.Pass(15);

        stage.Status.ActivePort.ShouldBe(Stage.Green);
    }

    [Fact]
    public async Task Rollback_ManualSwitchHasTheTurn_IsDroppedWhenThatMovesTraffic()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Prober.Fail(Stage.Green);
        var held = stage.Prober.Hold(9000);
        var manual = stage.SwitchAsync(9000);
        stage.Pass(15);
        stage.Status.ActivePort.ShouldBe(Stage.Green);

        held.SetResult();
        await manual;
        stage.Pass(5);

        stage.Status.ActivePort.ShouldBe(9000);
        stage.Status.LastSwitch!.Reason.ShouldBe("manual");
    }

    [Fact]
    public async Task Rollback_ManualSwitchHasTheTurn_IsMadeWhenThatFails()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Prober.Fail(Stage.Green);
        var held = stage.Prober.Hold(9000);
        stage.Prober.Fail(9000);
        var manual = stage.SwitchAsync(9000);
        stage.Pass(15);

        held.SetResult();
        await manual;

        await Eventually.TrueAsync(() => stage.Status.ActivePort == Stage.Blue);
    }

    [Fact]
    public async Task Rollback_StateCannotBeWritten_GoesBackAllTheSameAndSavesLater()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Prober.Fail(Stage.Green);
        stage.Files.Fails = "write";

        stage.Pass(15);
        stage.Status.ActivePort.ShouldBe(Stage.Blue);
        stage.OnDisk()!.ActivePort.ShouldBe(Stage.Green);
        stage.Logged(LogLevel.Error).ShouldHaveSingleItem().ShouldContain("could not be saved");
        (await stage.SwitchAsync(Stage.Blue)).Kind.ShouldBe(SwitchOutcomeKind.StateNotWritable);

        stage.Files.Fails = null;
        stage.Pass(5);
        stage.OnDisk()!.ActivePort.ShouldBe(Stage.Blue);
        stage.OnDisk()!.LastSwitch!.Reason.ShouldBe("rollback");
    }

    [Fact]
    public async Task Rollback_NotSavedAndKilled_IsMadeAgainInsideTheWindow()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Prober.Fail(Stage.Green);
        stage.Files.Fails = "write";
        stage.Pass(15);
        await stage.StartAfterCrashAsync();
        stage.Status.ActivePort.ShouldBe(Stage.Green);

        stage.Pass(15);

        stage.Status.ActivePort.ShouldBe(Stage.Blue);
        stage.OnDisk()!.ActivePort.ShouldBe(Stage.Blue);
    }

    [Fact]
    public async Task Settings_WindowOfZero_WatchesWithoutRollback()
    {
        await using var stage = await Stage.StartedAsync(s => s with { RollbackWindow = TimeSpan.Zero });
        await stage.SwitchAsync(Stage.Green);
        stage.Prober.Fail(Stage.Green);

        stage.Pass(60);

        stage.Status.ActivePort.ShouldBe(Stage.Green);
        stage.Status.Rollback.ArmedUntil.ShouldBeNull();
    }
}

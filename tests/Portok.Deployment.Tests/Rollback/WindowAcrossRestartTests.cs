using Portok.Deployment.State;
using Portok.Deployment.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.Rollback;

public sealed class WindowAcrossRestartTests
{
    [Fact]
    public async Task Restart_InsideTheWindow_WatchGoesOnWithCountAtZero()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        var until = stage.Status.Rollback.ArmedUntil;
        stage.Prober.Fail(Stage.Green);
        stage.Pass(10);

        await stage.RestartAsync();

        stage.Plane.Calls.ShouldBe([$"route {Stage.Green}"]);
        stage.Status.Rollback.ShouldBe(new RollbackStatus(until, 0, Stage.Blue));
        stage.Status.Drains.ShouldBeEmpty();
        stage.Pass(10);
        stage.Status.ActivePort.ShouldBe(Stage.Green);
        stage.Pass(5);
        stage.Status.ActivePort.ShouldBe(Stage.Blue);
    }

    [Fact]
    public async Task Restart_AfterTheWindow_NoRollback()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Pass(55);
        await stage.Coordinator.DisposeAsync();
        stage.Pass(10);
        await stage.StartAsync();
        stage.Prober.Fail(Stage.Green);

        stage.Pass(60);

        stage.Status.ActivePort.ShouldBe(Stage.Green);
        stage.Status.Rollback.ArmedUntil.ShouldBeNull();
    }

    [Fact]
    public async Task Restart_AfterARollback_NoWindow()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Prober.Fail(Stage.Green);
        stage.Pass(15);

        await stage.RestartAsync();

        stage.Status.ActivePort.ShouldBe(Stage.Blue);
        stage.Status.LastSwitch!.Reason.ShouldBe("rollback");
        stage.Status.Rollback.ArmedUntil.ShouldBeNull();
    }

    [Fact]
    public async Task Restart_ClockWasSetBack_WindowIsNoLongerThanANewOne()
    {
        await using var stage = new Stage();
        var far = stage.Time.GetUtcNow().AddYears(3);
        await File.WriteAllBytesAsync(
            stage.StateFile,
            StateFileFormat.Write(new SavedState(Stage.Green, null, new RollbackWindow(Stage.Blue, far)), "shop", far));

        await stage.StartAsync();

        stage.Status.Rollback.ArmedUntil.ShouldBe(stage.Time.GetUtcNow().AddSeconds(60));
    }

    [Theory]
    [InlineData(Stage.ListenPort)]
    [InlineData(Stage.Green)]
    public async Task Restart_WindowNamesAPortThatCannotBeGoneBackTo_IsDropped(int previous)
    {
        await using var stage = new Stage();
        var now = stage.Time.GetUtcNow();
        await File.WriteAllBytesAsync(
            stage.StateFile,
            StateFileFormat.Write(new SavedState(Stage.Green, null, new RollbackWindow(previous, now.AddSeconds(30))), "shop", now));

        await stage.StartAsync();

        stage.Status.ActivePort.ShouldBe(Stage.Green);
        stage.Status.Rollback.ArmedUntil.ShouldBeNull();
    }
}

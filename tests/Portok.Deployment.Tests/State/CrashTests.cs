using Portok.Deployment.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.State;

public sealed class CrashTests
{
    /// <summary>A save has five steps; the sixth is the move of traffic.</summary>
    public static TheoryData<int> Steps => [0, 1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Crash_InTheFirstSwitch_LeavesTheInitialPortOrTheNewOne(int step)
    {
        await using var stage = await Stage.StartedAsync();
        stage.Files.CrashBefore = step;

        await Should.ThrowAsync<SimulatedCrashException>(() => stage.SwitchAsync(Stage.Green));
        stage.Plane.ActivePort.ShouldBe(Stage.Blue);
        await stage.StartAfterCrashAsync();

        stage.Status.ActivePort.ShouldBe(step <= 3 ? Stage.Blue : Stage.Green);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Crash_InALaterSwitch_LeavesTheAcknowledgedStateOrTheOneInProgress(int step)
    {
        await using var stage = await Stage.StartedAsync();
        var acknowledged = (await stage.SwitchAsync(Stage.Green)).Record;
        stage.Files.CrashBefore = stage.Files.Done.Count + step;

        await Should.ThrowAsync<SimulatedCrashException>(() => stage.SwitchAsync(9000, id: "in-progress"));
        stage.OnDisk().ShouldNotBeNull("the file is whole at every moment");
        await stage.StartAfterCrashAsync();

        if (step <= 3)
            stage.Status.LastSwitch.ShouldBe(acknowledged);
        else
            stage.Status.LastSwitch!.Id.ShouldBe("in-progress");
        stage.Status.ActivePort.ShouldBe(stage.Status.LastSwitch!.To);
        stage.Status.Rollback.PreviousPort.ShouldBe(stage.Status.LastSwitch.From);
        stage.Log.Collector.GetSnapshot().ShouldNotContain(r => r.Id.Id >= 1102 && r.Id.Id < 1200);
    }

    [Fact]
    public async Task Crash_AfterTheSaveBeforeTheRoute_StartsWithTheNewPort()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Plane.OnRoute = _ => { stage.Files.CrashBefore = stage.Files.Done.Count; throw new SimulatedCrashException(); };

        await Should.ThrowAsync<SimulatedCrashException>(() => stage.SwitchAsync(Stage.Green));
        await stage.StartAfterCrashAsync();

        stage.Status.ActivePort.ShouldBe(Stage.Green);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Crash_WhileRecovering_RecoversTheSameAgain(int step)
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        await stage.SwitchAsync(9000);
        await stage.Coordinator.DisposeAsync();
        await File.WriteAllTextAsync(stage.StateFile, "torn");
        stage.Files.CrashBefore = stage.Files.Done.Count + step;
        await Should.ThrowAsync<SimulatedCrashException>(stage.StartAsync);
        stage.Time.Advance(TimeSpan.FromSeconds(1));

        await stage.StartAfterCrashAsync();

        stage.Status.ActivePort.ShouldBe(Stage.Green);
    }
}

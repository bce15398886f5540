using Microsoft.Extensions.Logging;
using Portok.Deployment.Probing;
using Portok.Deployment.Switching;
using Portok.Deployment.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.Switching;

public sealed class SwitchTests
{
    [Fact]
    public async Task Start_NothingSaved_RoutesToInitialTarget()
    {
        await using var stage = await Stage.StartedAsync();

        stage.Plane.Calls.ShouldBe([$"route {Stage.Blue}"]);
        stage.Status.ActivePort.ShouldBe(Stage.Blue);
        stage.Status.LastSwitch.ShouldBeNull();
        stage.Status.StartedAt.ShouldBe(stage.Time.Start);
        File.Exists(stage.StateFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Switch_HealthyPort_MovesTrafficAndRecordsIt()
    {
        await using var stage = await Stage.StartedAsync();

        var outcome = await stage.SwitchAsync(Stage.Green);

        outcome.Kind.ShouldBe(SwitchOutcomeKind.Switched);
        outcome.ActivePort.ShouldBe(Stage.Green);
        outcome.Probe!.Healthy.ShouldBeTrue();
        var record = outcome.Record.ShouldNotBeNull();
        (record.From, record.To, record.Reason).ShouldBe((Stage.Blue, Stage.Green, "manual"));
        record.At.ShouldBe(stage.Time.GetUtcNow());
        Guid.TryParse(record.Id, out _).ShouldBeTrue();
        stage.Plane.ActivePort.ShouldBe(Stage.Green);
        stage.Status.LastSwitch.ShouldBe(record);
        stage.OnDisk()!.LastSwitch.ShouldBe(record);
    }

    [Fact]
    public async Task Switch_Always_StateIsDurableBeforeTrafficMovesAndTrafficMovesBeforeTheAnswer()
    {
        await using var stage = await Stage.StartedAsync();
        int? savedWhenRouted = null;
        IReadOnlyList<string> doneWhenRouted = [];
        Task<SwitchOutcome>? answer = null;
        var answeredWhenRouted = false;
        stage.Plane.OnRoute = _ =>
        {
            savedWhenRouted = stage.OnDisk()?.ActivePort;
            doneWhenRouted = [.. stage.Files.Done];
            answeredWhenRouted = answer is { IsCompleted: true };
        };
        var probe = stage.Prober.Hold(Stage.Green);
        answer = stage.SwitchAsync(Stage.Green);
        probe.SetResult();
        await answer;

        savedWhenRouted.ShouldBe(Stage.Green);
        answeredWhenRouted.ShouldBeFalse();
        doneWhenRouted.ShouldBe(
        [
            "write shop.json.previous.tmp", "write shop.json.tmp", "rename shop.json.previous", "rename shop.json",
            $"sync {Path.GetFileName(stage.Folder.Path)}",
        ]);
        stage.Plane.ActivePort.ShouldBe(Stage.Green);
    }

    [Fact]
    public async Task Switch_ProbeFails_NothingChanges()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Prober.Fail(Stage.Green, ProbeFailure.Timeout);

        var outcome = await stage.SwitchAsync(Stage.Green);

        outcome.Kind.ShouldBe(SwitchOutcomeKind.ProbeFailed);
        outcome.Probe!.Failure.ShouldBe(ProbeFailure.Timeout);
        outcome.Record.ShouldBeNull();
        outcome.ActivePort.ShouldBe(Stage.Blue);
        stage.Plane.Calls.ShouldBe([$"route {Stage.Blue}"]);
        File.Exists(stage.StateFile).ShouldBeFalse();
        stage.Status.Rollback.ArmedUntil.ShouldBeNull();
    }

    [Fact]
    public async Task Switch_ToTheDaemonsOwnPort_IsRefusedWithoutProbe()
    {
        await using var stage = await Stage.StartedAsync();

        (await stage.SwitchAsync(Stage.ListenPort)).Kind.ShouldBe(SwitchOutcomeKind.OwnPort);

        stage.Prober.Probed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Switch_ExpectAnotherActivePort_IsRefusedWithoutProbe()
    {
        await using var stage = await Stage.StartedAsync();

        var outcome = await stage.SwitchAsync(Stage.Green, expect: 9999);

        outcome.Kind.ShouldBe(SwitchOutcomeKind.UnexpectedActivePort);
        outcome.ActivePort.ShouldBe(Stage.Blue);
        stage.Prober.Probed.ShouldBeEmpty();
        (await stage.SwitchAsync(Stage.Green, expect: Stage.Blue)).Kind.ShouldBe(SwitchOutcomeKind.Switched);
    }

    [Fact]
    public async Task Switch_WithReason_IsRecorded()
    {
        await using var stage = await Stage.StartedAsync();

        var outcome = await stage.SwitchAsync(Stage.Green, reason: "release 42 \"é\"");

        outcome.Record!.Reason.ShouldBe("release 42 \"é\"");
        stage.OnDisk()!.LastSwitch!.Reason.ShouldBe("release 42 \"é\"");
    }

    [Fact]
    public async Task Switch_ActivePortHealthy_AnswersAlreadyActiveAndKeepsRecordAndWindow()
    {
        await using var stage = await Stage.StartedAsync();
        var first = await stage.SwitchAsync(Stage.Green);
        var window = stage.Status.Rollback;
        stage.Pass(2);

        var outcome = await stage.SwitchAsync(Stage.Green);

        outcome.Kind.ShouldBe(SwitchOutcomeKind.AlreadyActive);
        outcome.Record.ShouldBeNull();
        outcome.Probe!.Healthy.ShouldBeTrue();
        stage.Prober.Probed.ShouldBe([Stage.Green, Stage.Green]);
        stage.Status.LastSwitch.ShouldBe(first.Record);
        stage.Status.Rollback.ShouldBe(window);
        stage.Plane.Calls.Count(c => c.StartsWith("route", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Switch_ActivePortUnhealthy_AnswersProbeFailed()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Prober.Fail(Stage.Blue);

        (await stage.SwitchAsync(Stage.Blue)).Kind.ShouldBe(SwitchOutcomeKind.ProbeFailed);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("rename")]
    [InlineData("sync")]
    public async Task Switch_StateCannotBeWritten_IsRefusedAndTrafficStays(string operation)
    {
        await using var stage = await Stage.StartedAsync();
        stage.Files.Fails = operation;

        var outcome = await stage.SwitchAsync(Stage.Green);

        outcome.Kind.ShouldBe(SwitchOutcomeKind.StateNotWritable);
        outcome.Detail.ShouldNotBeNull().ShouldContain($"{operation} failed");
        outcome.ActivePort.ShouldBe(Stage.Blue);
        stage.Plane.Calls.ShouldBe([$"route {Stage.Blue}"]);
        stage.Status.LastSwitch.ShouldBeNull();
        stage.Logged(LogLevel.Error).ShouldHaveSingleItem().ShouldContain($"{operation} failed");

        stage.Files.Fails = null;
        await stage.RestartAsync();
        stage.Status.ActivePort.ShouldBe(Stage.Blue);
        (await stage.SwitchAsync(Stage.Green)).Kind.ShouldBe(SwitchOutcomeKind.Switched);
    }

    [Fact]
    public async Task Switch_DataPlaneThrows_DiskNamesTheOldPortAgain()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        stage.Plane.OnRoute = _ => throw new InvalidOperationException("broken");

        await Should.ThrowAsync<InvalidOperationException>(() => stage.SwitchAsync(Stage.Blue));

        stage.OnDisk()!.ActivePort.ShouldBe(Stage.Green);
        stage.Status.ActivePort.ShouldBe(Stage.Green);
        stage.Plane.OnRoute = null;
        (await stage.SwitchAsync(Stage.Blue)).Kind.ShouldBe(SwitchOutcomeKind.Switched);
    }

    [Fact]
    public async Task ProbeActive_Always_AsksTheActivePort()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);

        (await stage.Coordinator.ProbeActiveAsync(CancellationToken.None)).Port.ShouldBe(Stage.Green);
    }
}

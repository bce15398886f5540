using Portok.Deployment.Switching;
using Portok.Deployment.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.Switching;

public sealed class SwitchOrderTests
{
    [Fact]
    public async Task Switch_SeveralAtOnce_RunOneAfterTheOtherInOrderOfArrival()
    {
        await using var stage = await Stage.StartedAsync();
        int[] ports = [9001, 9002, 9003, 9004];
        var held = ports.ToDictionary(p => p, stage.Prober.Hold);
        var answers = ports.Select(p => stage.SwitchAsync(p)).ToArray();

        for (var i = 0; i < ports.Length; i++)
        {
            stage.Prober.Probed.ShouldBe(ports[..(i + 1)]);
            answers.Skip(i).ShouldAllBe(a => !a.IsCompleted);
            held[ports[i]].SetResult();
            var outcome = await answers[i];
            outcome.Record!.From.ShouldBe(i == 0 ? Stage.Blue : ports[i - 1]);
            if (i + 1 < ports.Length)
                await Eventually.TrueAsync(() => stage.Prober.Probed.Count == i + 2);
        }
    }

    [Fact]
    public async Task Switch_FirstFails_SecondGetsItsTurn()
    {
        await using var stage = await Stage.StartedAsync();
        var held = stage.Prober.Hold(9001);
        stage.Prober.Fail(9001);
        var first = stage.SwitchAsync(9001);
        var second = stage.SwitchAsync(9002);

        held.SetResult();

        (await first).Kind.ShouldBe(SwitchOutcomeKind.ProbeFailed);
        (await second).Record!.From.ShouldBe(Stage.Blue);
    }

    [Fact]
    public async Task Switch_CancelledWhileProbing_LeavesNothingAndFreesTheTurn()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Prober.Hold(9001);
        using var caller = new CancellationTokenSource();
        var first = stage.Coordinator.SwitchAsync(new SwitchRequest(9001), caller.Token);
        var second = stage.SwitchAsync(9002);

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => first);
        (await second).Record!.From.ShouldBe(Stage.Blue);
        stage.Plane.Calls.ShouldBe([$"route {Stage.Blue}", "route 9002"]);
    }

    [Fact]
    public async Task Switch_CancelledWhileWaiting_IsNotMadeAndNobodyOvertakes()
    {
        await using var stage = await Stage.StartedAsync();
        var held = stage.Prober.Hold(9001);
        using var caller = new CancellationTokenSource();
        var first = stage.SwitchAsync(9001);
        var second = stage.Coordinator.SwitchAsync(new SwitchRequest(9002), caller.Token);
        var third = stage.SwitchAsync(9003);

        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        stage.Prober.Probed.ShouldBe([9001]);
        held.SetResult();

        (await first).Kind.ShouldBe(SwitchOutcomeKind.Switched);
        (await third).Record!.From.ShouldBe(9001);
        stage.Prober.Probed.ShouldBe([9001, 9003]);
    }

    [Fact]
    public async Task Switch_CallerCancelsWhileItIsSaved_IsFinishedAndAnswered()
    {
        await using var stage = await Stage.StartedAsync();
        using var caller = new CancellationTokenSource();
        stage.Plane.OnRoute = _ => caller.Cancel();

        var outcome = await stage.Coordinator.SwitchAsync(new SwitchRequest(Stage.Green), caller.Token);

        outcome.Kind.ShouldBe(SwitchOutcomeKind.Switched);
        stage.OnDisk()!.ActivePort.ShouldBe(stage.Plane.ActivePort);
        stage.Status.ActivePort.ShouldBe(Stage.Green);
    }

    [Fact]
    public async Task Stop_SwitchProbingAndOneWaiting_BothAreAnsweredStopping()
    {
        await using var stage = await Stage.StartedAsync();
        stage.Prober.Hold(9001);
        var first = stage.SwitchAsync(9001);
        var second = stage.SwitchAsync(9002);

        await stage.Coordinator.StopAsync();

        (await first).Kind.ShouldBe(SwitchOutcomeKind.Stopping);
        (await second).Kind.ShouldBe(SwitchOutcomeKind.Stopping);
        (await stage.SwitchAsync(9003)).Kind.ShouldBe(SwitchOutcomeKind.Stopping);
        stage.Plane.ActivePort.ShouldBe(Stage.Blue);
    }

    [Fact]
    public async Task Stop_Always_EndsTheRegularProbes()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.Coordinator.StopAsync();

        stage.Pass(600);

        stage.Prober.Probed.ShouldBeEmpty();
    }
}

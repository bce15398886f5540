using Portok.Deployment.State;
using Portok.Deployment.Switching;
using Portok.Deployment.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.Switching;

public sealed class SwitchMachineTests
{
    [Fact]
    public async Task RollBack_VerdictOfAnEarlierState_IsVoid()
    {
        await using var stage = new Stage();
        using var store = new StateStore(stage.StateFile, "shop", stage.Files, stage.Time, stage.Log);
        var window = new RollbackWindow(Stage.Blue, stage.Time.GetUtcNow().AddSeconds(60));
        var seen = new SavedState(Stage.Green, null, window);
        var machine = new SwitchMachine(
            new LiveSettings(stage.Settings), stage.Prober, store, seen, (_, _, _) => { }, stage.Time, stage.Log);
        await machine.SwitchAsync(new SwitchRequest(9000), CancellationToken.None);

        (await machine.RollBackAsync(seen, failures: 3, CancellationToken.None)).ShouldBeFalse();

        machine.Current.ActivePort.ShouldBe(9000);
        stage.Prober.Probed.ShouldBe([9000]);
    }

    [Fact]
    public async Task Switch_Always_MovesBetweenTheStatesThatAreSaved()
    {
        await using var stage = new Stage();
        using var store = new StateStore(stage.StateFile, "shop", stage.Files, stage.Time, stage.Log);
        var start = new SavedState(Stage.Blue, null, null);
        List<(SavedState From, SavedState To)> moves = [];
        var machine = new SwitchMachine(
            new LiveSettings(stage.Settings), stage.Prober, store, start, (from, to, _) => moves.Add((from, to)), stage.Time, stage.Log);

        await machine.SwitchAsync(new SwitchRequest(Stage.Green), CancellationToken.None);

        moves.ShouldBe([(start, stage.OnDisk()!)]);
        machine.Current.ShouldBe(stage.OnDisk());
    }
}

using System.Diagnostics;
using Portok.Deployment.State;
using Portok.Deployment.Switching;
using Portok.Deployment.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.State;

public sealed class StateLockTests
{
    [Fact]
    public async Task Start_AnotherDaemonOnTheSameState_IsRefusedAndRoutesNothing()
    {
        await using var first = await Stage.StartedAsync();
        await using var second = new Stage();
        second.Settings = second.Settings with { StateFile = first.StateFile };

        var refusal = await Should.ThrowAsync<StateInUseException>(second.StartAsync);

        refusal.Message.ShouldContain(first.StateFile);
        second.Plane.Calls.ShouldBeEmpty();
        (await first.SwitchAsync(Stage.Green)).Kind.ShouldBe(SwitchOutcomeKind.Switched);
    }

    [Fact]
    public async Task Dispose_Always_FreesTheLock()
    {
        await using var first = await Stage.StartedAsync();
        await first.Coordinator.DisposeAsync();

        await first.StartAsync();

        first.Status.ActivePort.ShouldBe(Stage.Blue);
    }

    [Fact]
    public async Task Lock_WhileHeld_HoldsAgainstOtherProcesses()
    {
        await using var stage = await Stage.StartedAsync();

        (await FlockAsync(stage.StateFile + ".lock")).ShouldBe(1);
        await stage.Coordinator.DisposeAsync();
        (await FlockAsync(stage.StateFile + ".lock")).ShouldBe(0);
    }

    [Fact]
    public async Task Lock_HeldByAnotherProcess_RefusesTheStart()
    {
        await using var stage = new Stage();
        var path = stage.StateFile + ".lock";
        using var holder = Process.Start(new ProcessStartInfo("flock", [path, "sh", "-c", "echo held; read line"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        (await holder.StandardOutput.ReadLineAsync()).ShouldBe("held");

        await Should.ThrowAsync<StateInUseException>(stage.StartAsync);

        await holder.StandardInput.WriteLineAsync();
        await holder.WaitForExitAsync();
        await stage.StartAsync();
    }

    private static async Task<int> FlockAsync(string path)
    {
        using var flock = Process.Start(new ProcessStartInfo("flock", ["--nonblock", path, "true"]))!;
        await flock.WaitForExitAsync();
        return flock.ExitCode;
    }
}

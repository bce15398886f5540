using Microsoft.Extensions.Logging;
using Portok.Deployment.State;
using Portok.Deployment.Switching;
using Portok.Deployment.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.State;

public sealed class StateStoreTests
{
    private const string Npm =
        """{"activePort":8081,"lastSwitch":{"from":8080,"to":8081,"at":"2024-01-15T10:30:00.000Z","reason":"manual","id":"a-b"}}""";

    [Fact]
    public async Task Restart_Always_SavedPortWinsOverTheInitialTarget()
    {
        await using var stage = await Stage.StartedAsync();
        var record = (await stage.SwitchAsync(Stage.Green)).Record;

        await stage.RestartAsync();

        stage.Status.ActivePort.ShouldBe(Stage.Green);
        stage.Status.LastSwitch.ShouldBe(record);
        stage.Plane.Calls.ShouldBe([$"route {Stage.Green}"]);
    }

    [Fact]
    public async Task Save_Always_KeepsThePreviousGeneration()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        Generation(stage, ".previous").ActivePort.ShouldBe(Stage.Blue);
        var second = await File.ReadAllBytesAsync(stage.StateFile);

        await stage.SwitchAsync(9000);

        (await File.ReadAllBytesAsync(stage.StateFile + ".previous")).ShouldBe(second);
        Generation(stage, "").ActivePort.ShouldBe(9000);
        Names(stage).ShouldBe(["shop.json", "shop.json.lock", "shop.json.previous"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"activePort\":")]
    [InlineData("# somebody's notes")]
    public async Task Start_UnusableFile_UsesThePreviousGenerationAndKeepsTheBadOne(string content)
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        await stage.SwitchAsync(9000);
        await stage.Coordinator.DisposeAsync();
        await File.WriteAllTextAsync(stage.StateFile, content);

        await stage.StartAsync();

        stage.Status.ActivePort.ShouldBe(Stage.Green);
        var bad = Names(stage).Single(n => n.Contains(".bad-", StringComparison.Ordinal));
        (await File.ReadAllTextAsync(stage.Folder.File(bad))).ShouldBe(content);
        stage.Logged(LogLevel.Warning).ShouldContain(m => m.Contains(stage.StateFile, StringComparison.Ordinal) && m.Contains("previous generation", StringComparison.Ordinal));
        Generation(stage, "").ActivePort.ShouldBe(Stage.Green);
        Generation(stage, ".previous").ActivePort.ShouldBe(Stage.Green);
    }

    [Fact]
    public async Task Start_BothGenerationsUnusable_UsesTheInitialTargetAndKeepsBoth()
    {
        await using var stage = new Stage();
        await File.WriteAllTextAsync(stage.StateFile, "bad");
        await File.WriteAllTextAsync(stage.StateFile + ".previous", "worse");

        await stage.StartAsync();

        stage.Status.ActivePort.ShouldBe(Stage.Blue);
        Names(stage).Count(n => n.Contains(".bad-", StringComparison.Ordinal)).ShouldBe(2);
        stage.Logged(LogLevel.Warning).ShouldContain(m => m.Contains("INITIAL_TARGET_PORT", StringComparison.Ordinal));
        (await stage.SwitchAsync(Stage.Green)).Kind.ShouldBe(SwitchOutcomeKind.Switched);
    }

    [Fact]
    public async Task Start_FolderInPlaceOfTheFile_IsSetAsideToo()
    {
        await using var stage = new Stage();
        Directory.CreateDirectory(Path.Combine(stage.StateFile, "inner"));

        await stage.StartAsync();

        stage.Status.ActivePort.ShouldBe(Stage.Blue);
        (await stage.SwitchAsync(Stage.Green)).Kind.ShouldBe(SwitchOutcomeKind.Switched);
        Directory.GetDirectories(stage.Folder.Path, "shop.json.bad-*").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Start_UnusableFileThatCannotBeSetAside_IsNotOverwritten()
    {
        await using var stage = new Stage();
        await File.WriteAllTextAsync(stage.StateFile, "evidence");
        stage.Files.Fails = "aside";

        await stage.StartAsync();

        stage.Status.ActivePort.ShouldBe(Stage.Blue);
        (await stage.SwitchAsync(Stage.Green)).Kind.ShouldBe(SwitchOutcomeKind.StateNotWritable);
        (await File.ReadAllTextAsync(stage.StateFile)).ShouldBe("evidence");
        stage.Files.Fails = null;
        (await stage.SwitchAsync(Stage.Green)).Kind.ShouldBe(SwitchOutcomeKind.Switched);
        Names(stage).Count(n => n.Contains(".bad-", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Start_HugeFile_IsNotReadIntoMemory()
    {
        await using var stage = new Stage();
        await using (var file = File.Create(stage.StateFile))
            file.SetLength(1L << 40);

        await stage.StartAsync();

        stage.Status.ActivePort.ShouldBe(Stage.Blue);
        stage.Logged(LogLevel.Warning).ShouldContain(m => m.Contains("far more than a state file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_FileRemovedByHand_BeginsWithTheInitialTarget()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        await stage.SwitchAsync(9000);
        await stage.Coordinator.DisposeAsync();
        File.Delete(stage.StateFile);

        await stage.StartAsync();

        stage.Status.ActivePort.ShouldBe(Stage.Blue);
        stage.Logged(LogLevel.Warning).ShouldContain(m => m.Contains("somebody removed it", StringComparison.Ordinal));
        await stage.SwitchAsync(9000);
        Generation(stage, ".previous").ActivePort.ShouldBe(Stage.Blue);
    }

    [Fact]
    public async Task Start_SavedActivePortIsTheListenPort_IsNotUsed()
    {
        await using var stage = new Stage();
        await File.WriteAllBytesAsync(
            stage.StateFile, StateFileFormat.Write(new SavedState(Stage.ListenPort, null, null), "shop", stage.Time.GetUtcNow()));

        await stage.StartAsync();

        stage.Status.ActivePort.ShouldBe(Stage.Blue);
        stage.Logged(LogLevel.Warning).ShouldContain(m => m.Contains("the port Portok itself listens on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_NpmPortoksFile_IsTakenOverAndKeptAtTheFirstSave()
    {
        await using var stage = new Stage();
        await File.WriteAllTextAsync(stage.StateFile, Npm);
        await stage.StartAsync();
        stage.Status.ActivePort.ShouldBe(Stage.Green);
        stage.Status.LastSwitch!.Id.ShouldBe("a-b");
        stage.Logged(LogLevel.Warning).ShouldBeEmpty();
        (await File.ReadAllTextAsync(stage.StateFile)).ShouldBe(Npm);

        await stage.SwitchAsync(Stage.Blue);

        (await File.ReadAllTextAsync(stage.StateFile + ".previous")).ShouldBe(Npm);
    }

    [Fact]
    public async Task Start_TempFilesOfACrash_AreRemovedAndNotRead()
    {
        await using var stage = new Stage();
        await File.WriteAllTextAsync(stage.StateFile + ".tmp", Npm);
        await File.WriteAllTextAsync(stage.StateFile + ".previous.tmp", Npm);

        await stage.StartAsync();

        stage.Status.ActivePort.ShouldBe(Stage.Blue);
        Names(stage).ShouldBe(["shop.json.lock"]);
    }

    [Fact]
    public async Task Start_FolderMissing_IsCreated()
    {
        await using var stage = await Stage.StartedAsync(s => s with { StateFile = Path.Combine(s.StateFile, "a", "b", "state.json") });

        (await stage.SwitchAsync(Stage.Green)).Kind.ShouldBe(SwitchOutcomeKind.Switched);

        File.Exists(stage.StateFile).ShouldBeTrue();
    }

    [Fact]
    public async Task Save_FolderRemovedMeanwhile_IsCreatedAndLockedAnew()
    {
        await using var stage = await Stage.StartedAsync(s => s with { StateFile = Path.Combine(Path.GetDirectoryName(s.StateFile)!, "sub", "state.json") });
        Directory.Delete(Path.GetDirectoryName(stage.StateFile)!, recursive: true);

        (await stage.SwitchAsync(Stage.Green)).Kind.ShouldBe(SwitchOutcomeKind.Switched);

        stage.OnDisk()!.ActivePort.ShouldBe(Stage.Green);
        await using var second = new Stage();
        second.Settings = second.Settings with { StateFile = stage.StateFile };
        await Should.ThrowAsync<StateInUseException>(second.StartAsync);
    }

    [Fact]
    public async Task Start_FolderCannotBeCreated_RelaysAndRefusesSwitchesUntilItIsMended()
    {
        await using var stage = new Stage();
        var parent = stage.Folder.File("not-a-folder");
        await File.WriteAllTextAsync(parent, "");
        stage.Settings = stage.Settings with { StateFile = Path.Combine(parent, "state.json") };

        await stage.StartAsync();

        stage.Plane.ActivePort.ShouldBe(Stage.Blue);
        var outcome = await stage.SwitchAsync(Stage.Green);
        outcome.Kind.ShouldBe(SwitchOutcomeKind.StateNotWritable);
        outcome.Detail.ShouldNotBeNull().ShouldContain(stage.StateFile);
        File.Delete(parent);
        (await stage.SwitchAsync(Stage.Green)).Kind.ShouldBe(SwitchOutcomeKind.Switched);
    }

    [Fact]
    public async Task Save_DiskFull_IsRefusedAndTheFileStays()
    {
        await using var stage = await Stage.StartedAsync();
        await stage.SwitchAsync(Stage.Green);
        var before = await File.ReadAllBytesAsync(stage.StateFile);
        // Whatever is written to this device fails as on a full disk.
        File.CreateSymbolicLink(stage.StateFile + ".tmp", "/dev/full");

        var outcome = await stage.SwitchAsync(9000);

        outcome.Kind.ShouldBe(SwitchOutcomeKind.StateNotWritable);
        (await File.ReadAllBytesAsync(stage.StateFile)).ShouldBe(before);
        (await stage.SwitchAsync(9000)).Kind.ShouldBe(SwitchOutcomeKind.Switched);
    }

    [Fact]
    public async Task Save_FolderInPlaceOfTheTempFile_IsRefused()
    {
        await using var stage = await Stage.StartedAsync();
        Directory.CreateDirectory(stage.StateFile + ".tmp");

        (await stage.SwitchAsync(Stage.Green)).Kind.ShouldBe(SwitchOutcomeKind.StateNotWritable);

        stage.Plane.ActivePort.ShouldBe(Stage.Blue);
    }

    private static SavedState Generation(Stage stage, string suffix)
    {
        StateFileFormat.TryRead(File.ReadAllBytes(stage.StateFile + suffix), out var state, out _, out var fault).ShouldBeTrue(fault);
        return state!;
    }

    private static List<string> Names(Stage stage) =>
        [.. Directory.GetFileSystemEntries(stage.Folder.Path).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];
}

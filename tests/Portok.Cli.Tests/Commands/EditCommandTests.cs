using System.Text.Json;
using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

public sealed class EditCommandTests : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly string _file;

    public EditCommandTests() => _file = _sandbox.Instance("api");

    public void Dispose() => _sandbox.Dispose();

    /// <summary>An editor that does this with the file "$1"; each time it is opened is one call.</summary>
    private void Editor(string script)
    {
        _sandbox.Programs.Add("my-editor", script);
        _sandbox.Environment["EDITOR"] = _sandbox.Combine("bin", "my-editor");
    }

    [Fact]
    public async Task Edit_GoodChange_IsSavedWithWhatItMeans()
    {
        Editor("[ \"$(stat -c %a \"$1\")\" = 600 ] && echo DRAIN_MS=5 >>\"$1\" && sed -i s/8081/8082/ \"$1\"");

        CommandRun run = await _sandbox.RunAsync("edit", "api");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("DRAIN_MS: 30000 → 5\n");
        run.Out.ShouldContain("INITIAL_TARGET_PORT: 8081 → 8082\n");
        File.ReadAllText(_file).ShouldEndWith("DRAIN_MS=5\n");
        _sandbox.Files.ShouldBe(["config/api.env"]);
    }

    [Fact]
    public async Task Edit_RunningDaemon_IsReloadedForLiveChanges_AndARestartIsAskedForTheOthers()
    {
        FakeSystemd.Install(_sandbox);
        await _sandbox.RunAsync("init");
        File.WriteAllText(_sandbox.Combine("systemd", "portok@api.service"), "active\n");
        Editor("echo DRAIN_MS=5 >>\"$1\"; echo MAX_HEADERS=64 >>\"$1\"");

        JsonElement json = (await _sandbox.RunAsync("edit", "api", "--json")).OnlyJson();

        (json.GetProperty("saved").GetBoolean(), json.GetProperty("running").GetBoolean(), json.GetProperty("reloaded").GetBoolean()).ShouldBe((true, true, true));
        json.GetProperty("live")[0].GetProperty("name").GetString().ShouldBe("DRAIN_MS");
        json.GetProperty("afterRestart")[0].GetProperty("name").GetString().ShouldBe("MAX_HEADERS");
        _sandbox.Programs.Calls.ShouldContain(c => c == "systemctl --no-ask-password reload -- portok@api.service");
    }

    [Fact]
    public async Task Edit_Nothing_SavesNothing()
    {
        Editor(":");

        CommandRun run = await _sandbox.RunAsync("edit", "api");

        run.ExitCode.ShouldBe(0);
        run.Text.ShouldBe($"Nothing was changed in {_file}");
    }

    [Fact]
    public async Task Edit_FaultWithoutTerminal_IsNotSaved()
    {
        string before = File.ReadAllText(_file);
        Editor("echo DRAIN_MS=x >>\"$1\"");

        CommandRun run = await _sandbox.RunAsync("edit", "api");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("at fault and was not saved:\n  DRAIN_MS=x: must be");
        File.ReadAllText(_file).ShouldBe(before);
        _sandbox.Files.ShouldBe(["config/api.env"]);
    }

    [Fact]
    public async Task Edit_FaultAtATerminal_MayBeMended()
    {
        // The first time a fault, the second time its mending, on the same copy.
        Editor("if grep -q DRAIN_MS=x \"$1\"; then sed -i s/DRAIN_MS=x/DRAIN_MS=7/ \"$1\"; else echo DRAIN_MS=x >>\"$1\"; fi");

        CommandRun run = await _sandbox.AtTerminalAsync("what\ne\n", "edit", "api");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("DRAIN_MS=x: must be");
        File.ReadAllText(_file).ShouldEndWith("DRAIN_MS=7\n");
        _sandbox.Programs.Calls.Count(c => c.StartsWith("my-editor", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Edit_FaultAtATerminal_MayBeDropped()
    {
        string before = File.ReadAllText(_file);
        Editor("echo DRAIN_MS=x >>\"$1\"");

        CommandRun run = await _sandbox.AtTerminalAsync("d\n", "edit", "api");

        run.ExitCode.ShouldBe(1);
        run.Error.ReplaceLineEndings(" ").ShouldContain($"The changes were dropped; {_file} is as it was.");
        File.ReadAllText(_file).ShouldBe(before);
        _sandbox.Files.ShouldBe(["config/api.env"]);
    }

    [Fact]
    public async Task Edit_EditorFails_ChangesNothing()
    {
        Editor("echo DRAIN_MS=5 >>\"$1\"; exit 3");

        CommandRun run = await _sandbox.RunAsync("edit", "api");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("ended with exit code 3; nothing was changed");
        File.ReadAllText(_file).ShouldNotContain("DRAIN_MS");
    }

    [Fact]
    public async Task Edit_FileChangedByAnotherMeanwhile_IsNotOverwritten()
    {
        Editor($"echo DRAIN_MS=5 >>\"$1\"; echo MAX_HEADERS=64 >>'{_file}'");

        CommandRun run = await _sandbox.RunAsync("edit", "api");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("was changed by somebody else meanwhile; nothing was saved");
        File.ReadAllText(_file).ShouldEndWith("MAX_HEADERS=64\n");
        _sandbox.Files.ShouldBe(["config/api.env"]);
    }

    [Fact]
    public async Task Edit_CtrlCInTheEditor_LeavesNothing()
    {
        string before = File.ReadAllText(_file);
        Editor($"echo DRAIN_MS=5 >>\"$1\"; echo $$ >'{_sandbox.Combine("opening")}'; mv '{_sandbox.Combine("opening")}' '{_sandbox.Combine("open")}'; exec sleep 600");
        using CancellationTokenSource stop = new();
        Task<CommandRun> running = CommandRun.InProcessAsync(["edit", "api"], _sandbox.Environment, stop: stop.Token);
        await Portok.Testing.Poll.UntilAsync(() => File.Exists(_sandbox.Combine("open")));

        await stop.CancelAsync();

        (await running).ExitCode.ShouldBe(130);
        File.ReadAllText(_file).ShouldBe(before);
        _sandbox.Files.ShouldBe(["config/api.env", "open"]);
        string editor = $"/proc/{File.ReadAllText(_sandbox.Combine("open")).Trim()}";
        await Portok.Testing.Poll.UntilAsync(() => !Directory.Exists(editor), what: "the editor to be gone");
    }
}

using Portok.Cli.CommandLine;
using Portok.Cli.Processes;
using Portok.Cli.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Processes;

public sealed class ProgramRunnerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakePrograms _programs;
    private readonly ProgramRunner _runner;

    public ProgramRunnerTests()
    {
        _programs = new FakePrograms(_folder);
        _runner = new ProgramRunner(TestHost.With(Env.Of(("PATH", _programs.Path))));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_ProgramOfPath_GivesWhatItSaysAndItsExitCode()
    {
        _programs.Add("thing", "echo out \"$2\"; echo err >&2; exit 7");

        ProgramResult result = await _runner.RunAsync("thing", ["a", "b c"], CancellationToken.None);

        result.ShouldBe(new ProgramResult(7, "out b c\n", "err\n"));
        result.Ok.ShouldBeFalse();
        result.Complaint.ShouldBe("err");
    }

    [Fact]
    public async Task Run_ProgramThatReads_GetsTheEndOfInputAtOnce()
    {
        _programs.Add("thing", "cat; echo done");

        (await _runner.RunAsync("thing", [], CancellationToken.None)).Out.ShouldBe("done\n");
    }

    [Fact]
    public async Task Run_ProgramThatIsNotThere_SaysSo()
    {
        CommandFailure failure = await Should.ThrowAsync<CommandFailure>(() => _runner.RunAsync("no-such-program", [], CancellationToken.None));

        failure.ExitCode.ShouldBe(1);
        failure.Message.ShouldContain("no-such-program is needed for this, and it is not installed");
    }

    [Fact]
    public async Task Run_Cancelled_EndsTheProgram()
    {
        _programs.Add("thing", $"echo $$ >'{_folder.Combine("pid")}'; exec sleep 600");
        using CancellationTokenSource stop = new();
        Task<ProgramResult> running = _runner.RunAsync("thing", [], stop.Token);
        string pid = await Poll.ForAsync(() => Task.FromResult(File.Exists(_folder.Combine("pid")) ? File.ReadAllText(_folder.Combine("pid")).Trim() : ""), text => text.Length > 0);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await Poll.UntilAsync(() => !Directory.Exists($"/proc/{pid}"));
    }

    [Fact]
    public async Task Lines_OfAProgramThatFails_EndWithWhatItSaid()
    {
        _programs.Add("thing", "echo one; echo two; echo broken >&2; exit 3");
        List<string> lines = [];

        CommandFailure failure = await Should.ThrowAsync<CommandFailure>(async () =>
        {
            await foreach (string line in _runner.LinesAsync("thing", [], CancellationToken.None))
            {
                lines.Add(line);
            }
        });

        lines.ShouldBe(["one", "two"]);
        failure.Message.ShouldBe("thing: broken");
    }

    [Fact]
    public void Find_FileThatIsNotExecutable_IsPassedOver()
    {
        _folder.File("bin/thing", "#!/bin/sh\n");

        _runner.Find("thing").ShouldBeNull();
        _runner.Find("sh").ShouldNotBeNull();
    }
}

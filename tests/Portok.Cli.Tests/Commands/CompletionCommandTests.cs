using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Commands;

public sealed class CompletionCommandTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public CompletionCommandTests()
    {
        _sandbox.Instance("api");
        _sandbox.Instance("orders");
    }

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("st", "status start stop")]
    [InlineData("tok", "token")]
    [InlineData("token |", "rotate")]
    [InlineData("token rotate |", "api orders")]
    [InlineData("start |", "api orders")]
    [InlineData("start o", "orders")]
    [InlineData("start api |", "")]
    [InlineData("add |", "")]
    [InlineData("status --instance |", "api orders")]
    [InlineData("--instance api sta", "status start")]
    [InlineData("status --instance = o", "orders")]
    [InlineData("status --instance =", "api orders")]
    [InlineData("status --instance=o", "--instance=orders")]
    [InlineData("status --url=o", "")]
    [InlineData("switch --token=t 8081 |", "api orders")]
    [InlineData("status --url |", "")]
    [InlineData("switch 8081 |", "api orders")]
    [InlineData("remove api --", "--force --keep-state --json --help")]
    [InlineData("init --h", "--home --help")]
    [InlineData("completion |", "bash zsh fish")]
    [InlineData("nonsense |", "")]
    public async Task Complete_GivesWhatCouldComeNext(string line, string expected)
    {
        string[] words = line.EndsWith('|') ? [.. line[..^1].Trim().Split(' '), ""] : line.Split(' ');

        CommandRun run = await _sandbox.RunAsync(["__complete", "bash", "--", .. words]);

        run.ExitCode.ShouldBe(0);
        run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("zsh", "rotate:Give an instance a new token and have its daemon take it while it runs\n")]
    [InlineData("fish", "rotate\tGive an instance a new token and have its daemon take it while it runs\n")]
    public async Task Complete_ShellsThatShowThem_GetMeanings(string shell, string expected) =>
        (await _sandbox.RunAsync("__complete", shell, "--", "token", "")).Out.ShouldBe(expected);

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_EveryShell_HasAScriptThatAsksPortok(string shell)
    {
        CommandRun run = await _sandbox.RunAsync("completion", shell);

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain($"portok __complete {shell} -- ");
    }

    [Fact]
    public async Task Completion_UnknownShell_IsWrongUse()
    {
        CommandRun run = await _sandbox.RunAsync("completion", "tcsh");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("'tcsh' is no shell that portok knows: bash, zsh, fish.");
    }
}

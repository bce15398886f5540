using System.Globalization;
using Portok.Architecture.Tests.Sources;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Architecture.Tests.Documents;

/// <summary>What the pages tell people to type works as it is written.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Scripts_ThatAPageNames_CanBeRun(string page)
    {
        string[] scripts = [.. Commands(page).Where(c => c.StartsWith("./", StringComparison.Ordinal)).Select(c => c.Split(' ')[0][2..]).Distinct(StringComparer.Ordinal)];
        scripts.ShouldNotBeEmpty();
        foreach (string script in scripts)
        {
            File.GetUnixFileMode(Path.Combine(RepositoryFiles.Root, script)).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue(script);
        }
    }

    [Fact]
    public async Task DailyUse_TypedAsWritten_SwitchesAndExitsWith0()
    {
        string[] lines = [.. Commands("README.md").SkipWhile(c => !c.EndsWith(" portokd", StringComparison.Ordinal))];
        lines.Length.ShouldBeGreaterThan(4, "the README no longer shows how to start the daemon and use it");
        await using ScriptedApp first = ScriptedApp.Start(Scripts.Always(Scripts.Ok("v1")));
        await using ScriptedApp second = ScriptedApp.Start(Scripts.Always(Scripts.Ok("v2")));
        using var folder = new TempFolder();
        int port = FreePort.Next();
        Dictionary<string, string?> environment = Environment(folder, port);

        // Only the ports are others, and the daemon replaces its shell, so that ending it ends all.
        string daemonLine = WithPorts(lines[0]).Replace(" portokd", " exec portokd", StringComparison.Ordinal);
        await using RunningProcess daemon = RunningProcess.Start("bash", ["-euc", daemonLine], environment, folder.Path);
        await Poll.UntilAsync(() => daemon.HasExited || !FreePort.IsFree(port), Patience.Long);
        daemon.HasExited.ShouldBeFalse(daemon.Transcript);

        string typed = string.Join('\n', lines[1..].Select(WithPorts));
        ProcessResult result = await ProcessRunner.RunAsync("bash", ["-euc", typed], environment, folder.Path);
        result.ExitCode.ShouldBe(0, $"{typed}\n{result.Output}\n{result.Errors}\n{daemon.Transcript}");
        result.Output.ShouldContain(Text(second.Port), Case.Sensitive, "the switch moved traffic to the second app");

        string WithPorts(string line) => line
            .Replace("3000", Text(port), StringComparison.Ordinal)
            .Replace("8080", Text(first.Port), StringComparison.Ordinal)
            .Replace("8081", Text(second.Port), StringComparison.Ordinal);
    }

    [Fact]
    public void ShellCommands_OfAPage_AreTheLinesOfItsShellBlocksWithoutComments() =>
        ShellCommands.In("./no\n```sh\n./a   # why\n# only this\n\n./b --c\n```\n```json\n./no\n```\n").ShouldBe(["./a", "./b --c"]);

    private static IReadOnlyList<string> Commands(string page) =>
        ShellCommands.In(RepositoryFiles.All.Single(file => string.Equals(file.Path, page, StringComparison.Ordinal)).Text);

    /// <summary>portokd and portok on the PATH, as after an installation.</summary>
    private static Dictionary<string, string?> Environment(TempFolder folder, int port)
    {
        File.CreateSymbolicLink(folder.Combine("portokd"), PortokBinary.Daemon);
        File.CreateSymbolicLink(folder.Combine("portok"), PortokBinary.Cli);
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{folder.Path}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["PORTOK_URL"] = $"http://127.0.0.1:{Text(port)}",
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

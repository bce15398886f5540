using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Portok.EndToEnd.Tests.Demo;

/// <summary>The first command of the README, typed as it stands there: real apps, the real daemon, real load.</summary>
[Collection(HeavyCollection.Name)]
public sealed class DemoTests
{
    // It may have to build first.
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Demo_Plain_TellsTheWholeStoryAndLosesNothing()
    {
        ProcessResult demo = await RunAsync("demo", "--plain");
        demo.ExitCode.ShouldBe(0, demo.Output + demo.Errors);
        demo.Output.ShouldContain("* portok switch ");
        demo.Output.ShouldContain("* Switched in ");
        demo.Output.ShouldContain("5 of 5 WebSockets got 1001 (Going Away) and are on v2");
        demo.Output.ShouldContain("* Rolled back to v1, ");
        demo.Output.TrimEnd().ShouldEndWith("Nothing was lost.");
        demo.Output.ShouldNotContain("\u001b", customMessage: "no colours and no cursor movements where nobody looks");
    }

    [Fact]
    public async Task Demo_Json_IsOneDocumentWithNothingLost()
    {
        ProcessResult demo = await RunAsync("demo", "--json");
        demo.ExitCode.ShouldBe(0, demo.Output + demo.Errors);
        using JsonDocument document = JsonDocument.Parse(demo.Output);
        JsonElement summary = document.RootElement;
        summary.GetProperty("passed").GetBoolean().ShouldBeTrue();
        summary.GetProperty("lost").GetInt64().ShouldBe(0);
        summary.GetProperty("wrongVersion").GetInt64().ShouldBe(0);
        summary.GetProperty("answeredByV1").GetInt64().ShouldBeGreaterThan(0);
        summary.GetProperty("answeredByV2").GetInt64().ShouldBeGreaterThan(0);
        summary.GetProperty("closedAfterSwitch").GetInt64().ShouldBe(summary.GetProperty("webSockets").GetInt64());
        await Artifacts.WriteAsync(Artifacts.LostRequests, "portok demo", $"{summary.GetProperty("requests").GetInt64()} requests, 0 lost");
    }

    [Fact]
    public async Task Demo_CtrlCInTheMiddle_EndsWhatItStarted_AndWith130()
    {
        // It may have to build first, and that is told on a terminal at length.
        (await RunAsync("--version")).ExitCode.ShouldBe(0);
        await using Terminal terminal = await Terminal.StartAsync(
            80, "sh", ["-c", "trap : INT; \"$0\" demo; echo \"exit code $?\"; read -r line", RepositoryRoot.Combine("portok")], new Dictionary<string, string?>(StringComparer.Ordinal));
        string screen = await terminal.SeeAsync("portokd: active ");
        await terminal.PressAsync("C-c");
        (await terminal.SeeAsync("exit code 130")).ShouldContain("portok: Interrupted.");
        (await terminal.IsCursorShownAsync()).ShouldBeTrue();
        int port = int.Parse(Regex.Match(screen, @"portokd at 127\.0\.0\.1:(?<port>\d+)", RegexOptions.ExplicitCapture, Patience.Normal).Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
        FreePort.IsFree(port).ShouldBeTrue("portokd has been ended");
    }

    private static Task<ProcessResult> RunAsync(params string[] arguments)
        => ProcessRunner.RunAsync(RepositoryRoot.Combine("portok"), arguments, within: Within);
}

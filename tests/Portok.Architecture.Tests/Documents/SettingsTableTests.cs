using System.Diagnostics;
using Portok.Architecture.Tests.Sources;
using Shouldly;
using Xunit;

namespace Portok.Architecture.Tests.Documents;

/// <summary>The table of settings in the documentation is the one the daemon prints of itself.</summary>
public sealed class SettingsTableTests
{
    private const string Page = "docs/operations.md";

    [Fact]
    public async Task Operations_SettingsTable_IsWhatTheDaemonPrints()
    {
        string page = RepositoryFiles.All.Single(file => file.Path is Page).Text;
        Table(page).ShouldBe(
            Lines(await PrintedByDaemonAsync()),
            $"Replace the table in {Page} with what 'portokd settings --markdown' prints.");
    }

    [Fact]
    public void Table_BetweenTheMarks_IsFound() =>
        Table("a\n<!-- settings: b -->\n| c |\n| d |\n<!-- end of settings -->\ne").ShouldBe(["| c |", "| d |"]);

    private static string[] Table(string page)
    {
        string[] lines = Lines(page);
        int start = Array.FindIndex(lines, line => line.StartsWith("<!-- settings", StringComparison.Ordinal));
        int end = Array.FindIndex(lines, line => line.StartsWith("<!-- end of settings", StringComparison.Ordinal));
        return start >= 0 && end > start ? lines[(start + 1)..end] : throw new InvalidOperationException($"{Page} has no marks around its table");
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static async Task<string> PrintedByDaemonAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "portokd.dll"), "settings", "--markdown"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using Process daemon = Process.Start(start)!;
        string output = await daemon.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await daemon.WaitForExitAsync(TestContext.Current.CancellationToken);
        daemon.ExitCode.ShouldBe(0);
        return output;
    }
}

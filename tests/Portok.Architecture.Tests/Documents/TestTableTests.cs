using System.Globalization;
using System.Text.RegularExpressions;
using Portok.Architecture.Tests.Sources;
using Shouldly;
using Xunit;

namespace Portok.Architecture.Tests.Documents;

/// <summary>The tables of rules and of defences: each row is shown by a test that exists.</summary>
public sealed partial class TestTableTests
{
    private const string Test = "namespace N; public sealed class GoodTests { [Fact] public void Works() { } public void Helper() { } }";

    [Fact]
    public void Tables_OfEveryPage_NameTestsThatExist() => TestTableRule.Check(RepositoryFiles.All).ShouldHold();

    [Fact]
    public void WireRules_Summary_CountsTheRowsOfItsPages()
    {
        MatchCollection counted = Count().Matches(Page("docs/wire-rules.md").Text);
        string[] pages = [.. RepositoryFiles.All.Select(file => file.Path).Where(path => path.StartsWith("docs/wire-rules/", StringComparison.Ordinal))];
        counted.Select(match => "docs/" + match.Groups["page"].Value).ShouldBe(pages, ignoreOrder: true);
        foreach (Match match in counted)
        {
            string[][] rows = [.. TestTableRule.Rows(Page(match.Groups["page"].Value, "docs/")).Select(row => row.Cells)];
            rows.ShouldNotBeEmpty();
            int notKept = rows.Count(TestTableRule.IsNotKept);
            Numbers(match).ShouldBe([rows.Length, rows.Length - notKept, notKept], match.Value);
        }

        int[] all = Numbers(Sum().Match(Page("docs/wire-rules.md").Text));
        all.ShouldBe([.. Enumerable.Range(0, 3).Select(i => counted.Sum(match => Numbers(match)[i]))]);
    }

    [Fact]
    public void Security_HasATableOfDefences() => TestTableRule.Rows(Page("docs/security.md")).Count().ShouldBeGreaterThan(20);

    [Fact]
    public void Faults_HaveTablesOfWhatIsDone() => TestTableRule.Rows(Page("docs/internals/faults.md")).Count().ShouldBeGreaterThan(30);

    [Theory]
    [InlineData("| a | b | |", "'a' names no test")]
    [InlineData("| a | b | some words |", "'some words' is more than links to tests")]
    [InlineData("| a | b | `GoodTests.Works` |", "is more than links to tests")]
    [InlineData("| a | b | [`GoodTests.Missing`](../tests/GoodTests.cs) |", "tests/GoodTests.cs has no test GoodTests.Missing")]
    [InlineData("| a | b | [`GoodTests.Helper`](../tests/GoodTests.cs) |", "tests/GoodTests.cs has no test GoodTests.Helper")]
    [InlineData("| a | b | [`BadTests.Works`](../tests/GoodTests.cs) |", "tests/GoodTests.cs has no test BadTests.Works")]
    [InlineData("| a | b | [`GoodTests.Works`](../tests/Missing.cs) |", "tests/Missing.cs is not there")]
    [InlineData("| a | **Not kept.** | |", "'a' does not say why it is not kept")]
    public void Rule_BadRow_IsReportedWithItsLine(string row, string expected)
    {
        string[] found = [.. TestTableRule.Check(Made(row))];
        found.ShouldNotBeEmpty();
        found[0].ShouldStartWith("docs/page.md:4: ");
        found.ShouldContain(fault => fault.EndsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("| a | `x \\| y` | [`GoodTests.Works`](../tests/GoodTests.cs) · [`GoodTests.Works`](../tests/GoodTests.cs) |")]
    [InlineData("| a | **Not kept:** because it would break every app there is | |")]
    public void Rule_GoodRow_IsNotReported(string row) => TestTableRule.Check(Made(row)).ShouldBeEmpty();

    [Fact]
    public void Rule_TableOfAnotherKind_IsLeftAlone() =>
        TestTableRule.Check([new("docs/page.md", "| a | b |\n|---|---|\n| c | d |")]).ShouldBeEmpty();

    private static SourceFile[] Made(string row) =>
        [new("docs/page.md", $"# Page\n| rule | does | shown by |\n|---|---|---|\n{row}\n"), new("tests/GoodTests.cs", Test)];

    private static SourceFile Page(string path, string under = "") =>
        RepositoryFiles.All.Single(file => string.Equals(file.Path, path, StringComparison.Ordinal) || string.Equals(file.Path, under + path, StringComparison.Ordinal));

    private static int[] Numbers(Match match) =>
        [.. new[] { "rules", "kept", "not" }.Select(name => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"\]\((?<page>wire-rules/[\w-]+\.md)\) \| (?<rules>\d+) \| (?<kept>\d+) \| (?<not>\d+) \|", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Count();

    [GeneratedRegex(@"\| all \| (?<rules>\d+) \| (?<kept>\d+) \| (?<not>\d+) \|", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sum();
}

using Portok.Cli.Units;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Units;

public sealed class LineDifferenceTests
{
    [Fact]
    public void Between_SameTexts_IsEmpty() => LineDifference.Between("a\nb\n", "a\nb\n").ShouldBeEmpty();

    [Fact]
    public void Between_ChangedLines_ShowsThemWithTwoAround() =>
        LineDifference.Between("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "1\n2\n3\nfour\n5\n6\n7\n8\n9\n10\n11\n").ShouldBe(
            [" 2", " 3", "-4", "+four", " 5", " 6", "…", " 9", " 10", "+11"]);

    [Fact]
    public void Between_Reordered_KeepsWhatStays() => LineDifference.Between("a\nb\nc\n", "b\nc\na\n").ShouldBe(["-a", " b", " c", "+a"]);
}

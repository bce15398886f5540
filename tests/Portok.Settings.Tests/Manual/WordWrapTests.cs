using Portok.Settings.Manual;
using Shouldly;

namespace Portok.Settings.Tests.Manual;

public sealed class WordWrapTests
{
    [Theory]
    [InlineData("  --x  ", "one two three", 18, "  --x  one two|       three")]
    [InlineData("", "one two three", 7, "one two|three")]
    [InlineData("  ", "one", 2, "  one")]
    [InlineData("- ", "a extraordinarily b", 8, "- a|  extraordinarily|  b")]
    [InlineData("  --y ", "", 80, "  --y")]
    public void Lines_BreakBetweenWords_AndStandUnderTheFirst(string lead, string text, int width, string expected) =>
        string.Join('|', WordWrap.Lines(lead, text, width)).ShouldBe(expected);
}

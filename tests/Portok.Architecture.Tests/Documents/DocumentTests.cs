using Portok.Architecture.Tests.Sources;
using Shouldly;
using Xunit;

namespace Portok.Architecture.Tests.Documents;

public sealed class DocumentTests
{
    [Fact]
    public void Links_OfEveryPage_LeadSomewhere() => LinkRule.Check(RepositoryFiles.All).ShouldHold();

    [Fact]
    public void Files_NameNoMachineAndNoRegistry() => ForeignNameRule.Check(RepositoryFiles.All).ShouldHold();

    [Theory]
    [InlineData("[a](missing.md)", "missing.md leads nowhere")]
    [InlineData("![a](images/missing.svg)", "leads nowhere")]
    [InlineData("""<img src="../missing.svg" alt="">""", "leads nowhere")]
    [InlineData("[a](other.md#missing)", "names no heading of docs/other.md")]
    [InlineData("[a](#missing)", "names no heading of docs/page.md")]
    [InlineData("[a](http://example.com)", "leads nowhere")]
    public void LinkRule_BadLink_IsReportedWithItsLine(string text, string expected)
    {
        string violation = LinkRule.Check([new("docs/page.md", "# Page\n" + text), new("docs/other.md", "# Other")]).ShouldHaveSingleItem();
        violation.ShouldStartWith("docs/page.md:2: ");
        violation.ShouldEndWith(expected);
    }

    [Theory]
    [InlineData("[a](other.md) and [b](other.md#two-words) and [c](../README.md) and [d](../docs) and [e](#page)")]
    [InlineData("[a](https://example.com/x#y)")]
    [InlineData("`[a](missing.md)`")]
    [InlineData("```\n[a](missing.md)\n```")]
    public void LinkRule_GoodLink_IsNotReported(string text) =>
        LinkRule.Check([new("docs/page.md", "# Page\n" + text), new("docs/other.md", "# Other\n## Two words!"), new("README.md", "")]).ShouldBeEmpty();

    [Theory]
    [InlineData("cd \"/" + "work/x\"")]
    [InlineData("see /" + "home/alice/x")]
    [InlineData("\"resolved\": \"https://registry." + "npmjs.org/ws\"")]
    public void ForeignNameRule_MachineOrRegistry_IsReported(string text) =>
        ForeignNameRule.Check([new("a.txt", "first\n" + text)]).ShouldHaveSingleItem().ShouldStartWith("a.txt:2: ");

    [Theory]
    [InlineData("docs/work/home.md")]
    [InlineData("/var/lib/portok and /etc/portok")]
    [InlineData("ProtectHome=read-only keeps /home away")]
    public void ForeignNameRule_OrdinaryText_IsNotReported(string text) =>
        ForeignNameRule.Check([new("a.txt", text)]).ShouldBeEmpty();
}

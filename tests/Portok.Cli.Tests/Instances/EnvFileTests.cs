using Portok.Cli.Instances;
using Portok.Cli.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Instances;

public sealed class EnvFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("A=1\r\n", "1")]
    [InlineData("A = 1  ", "1")]
    [InlineData("A=a b  c \t", "a b  c")]
    [InlineData("A=", "")]
    [InlineData("A=x=y", "x=y")]
    [InlineData("A=1 # not a comment", "1 # not a comment")]
    [InlineData("A=\"quoted # value \"", "quoted # value ")]
    [InlineData("A='single $HOME \\n'", "single $HOME \\n")]
    [InlineData("A=\"a\\\"b\\\\c\\$d\\n\"", "a\"b\\c$d\\n")]
    [InlineData("A=\"two\nlines\"", "two\nlines")]
    [InlineData("A=\"joined \\\nline\"", "joined line")]
    [InlineData("A=one\\\ntwo", "onetwo")]
    [InlineData("A=a\\ b", "a b")]
    [InlineData("A=\"a\" 'b'", "ab")]
    [InlineData("A=it's", "it's")]
    [InlineData("A=first\nA=last", "last")]
    public void Parse_ReadsAValueAsSystemdDoes(string text, string expected) => EnvFile.Parse(text)["A"].ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n  \n")]
    [InlineData("# A=1")]
    [InlineData("; A=1")]
    [InlineData("  # A=1")]
    [InlineData("no assignment here")]
    [InlineData("=1")]
    [InlineData("1A=2")]
    [InlineData("A-B=1")]
    public void Parse_LineWithoutAnAssignment_IsIgnored(string text) => EnvFile.Parse(text).ShouldBeEmpty();

    [Fact]
    public void Parse_AfterAFaultyLine_GoesOnWithTheNext() =>
        EnvFile.Parse("nonsense\n1A=x\n# comment \\\nLISTEN_PORT=4000\nADMIN_TOKEN='s3'\n")
            .ShouldBe(Env.Of(("LISTEN_PORT", "4000"), ("ADMIN_TOKEN", "s3")), ignoreOrder: true);

    [Theory]
    [InlineData("A=\"open")]
    [InlineData("A='open")]
    [InlineData("A=open\\")]
    public void Parse_TextThatEndsTooSoon_KeepsWhatIsThere(string text) => EnvFile.Parse(text)["A"].ShouldBe("open");
}

using CsCheck;
using Shouldly;

namespace Portok.Settings.Tests;

public class EnvironmentFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("A=1\n", "1")]
    [InlineData("A=1\r\n", "1")]
    [InlineData("\ufeffA=1", "1")]
    [InlineData("A=", "")]
    [InlineData("A=\n", "")]
    [InlineData("  A = 1 2  \n", "1 2")]
    [InlineData("# c\n; c\n\nA=1", "1")]
    [InlineData("A=1 # no comment", "1 # no comment")]
    [InlineData("# ends with \\\nA=1", "1")]
    [InlineData("A=\"1 2 \"", "1 2 ")]
    [InlineData("A='1 2 '", "1 2 ")]
    [InlineData("A='a\\nb'", "a\\nb")]
    [InlineData("A=\"a\\\"b\\\\c\\$d\\`e\\nf\"", "a\"b\\c$d`e\\nf")]
    [InlineData("A=\"a\\\nb\"", "ab")]
    [InlineData("A=\"a\nb\"", "a\nb")]
    [InlineData("A=a\\\nb", "ab")]
    [InlineData("A=a \\\n  b", "a   b")]
    [InlineData("A=a\\\n", "a")]
    [InlineData("A=\\ a\\ ", " a ")]
    [InlineData("A=a\"b\"", "a\"b\"")]
    [InlineData("A='a'\"b\"c", "abc")]
    [InlineData("A=$HOME", "$HOME")]
    [InlineData("A=b=c", "b=c")]
    [InlineData("A=it's", "it's")]
    [InlineData("A='single $HOME \\n'", "single $HOME \\n")]
    [InlineData("A=\"a\" 'b'", "ab")]
    [InlineData("A=open\\", "open")]
    [InlineData("A=1\nA=2", "2")]
    public void Parse_GoodFile_GivesWhatSystemdGives(string text, string value)
    {
        EnvironmentFileContent content = EnvironmentFile.Parse(text);
        content.Variables.ShouldBe(new Dictionary<string, string> { ["A"] = value });
        content.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("A=1\njust words\nB=2", "line 2 is no assignment (NAME=VALUE) and is ignored")]
    [InlineData("A=1\nB=2\nexport C=3", "line 3: 'export C' is no name of a variable; the line is ignored")]
    [InlineData("A=1\nB=2\n1C=3", "line 3: '1C' is no name of a variable; the line is ignored")]
    [InlineData("A=1\nB=2\nno end", "line 3 is no assignment (NAME=VALUE) and is ignored")]
    [InlineData("A=1\nB=2\n=3", "line 3 is no assignment (NAME=VALUE) and is ignored")]
    public void Parse_LineThatIsNone_IsNamedAndPassedOver(string text, string warning)
    {
        EnvironmentFileContent content = EnvironmentFile.Parse(text);
        content.Variables.ShouldBe(new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" });
        content.Warnings.ShouldHaveSingleItem().ShouldBe(warning);
    }

    [Fact]
    public void Parse_QuoteNeverClosed_WarnsWithTheLineItOpenedIn()
        => EnvironmentFile.Parse("A=1\nADMIN_TOKEN=\"secret\nB=2\n").Warnings.ShouldHaveSingleItem().ShouldBe("line 2: the quote that opens there is never closed");

    [Theory]
    [InlineData("A=\"open")]
    [InlineData("A='open")]
    public void Parse_TextThatEndsTooSoon_KeepsWhatIsThere(string text) => EnvironmentFile.Parse(text).Variables["A"].ShouldBe("open");

    [Fact]
    public void Parse_AnyValueInDoubleQuotes_ComesBackWhole()
        => Gen.String.Where(s => !s.Contains('\0')).Sample(value =>
        {
            string quoted = value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("$", "\\$").Replace("`", "\\`");
            return EnvironmentFile.Parse($"A=\"{quoted}\"\nB=1\n").Variables is { Count: 2 } read && read["A"] == value && read["B"] == "1";
        });

    [Fact]
    public void Parse_AnyText_NeverThrows()
        => Gen.String[Gen.Char["A=\"'\\\n #;$`é"], 0, 40].Sample(text => EnvironmentFile.Parse(text).Variables.Keys.All(k => k.Length > 0));
}

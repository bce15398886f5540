using Portok.Cli.Instances;
using Portok.Settings;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Instances;

public sealed class EnvTextTests
{
    [Theory]
    [InlineData("A=1\n# of ours\nADMIN_TOKEN=old\nB=2\n", "A=1\n# of ours\nADMIN_TOKEN=new\nB=2\n")]
    [InlineData("A=1", "A=1\nADMIN_TOKEN=new\n")]
    [InlineData("", "ADMIN_TOKEN=new\n")]
    [InlineData("ADMIN_TOKEN=first\nADMIN_TOKEN = \"last\"\n", "ADMIN_TOKEN=first\nADMIN_TOKEN=new\n")]
    [InlineData("#ADMIN_TOKEN=no\nADMIN_TOKENS=2\n", "#ADMIN_TOKEN=no\nADMIN_TOKENS=2\nADMIN_TOKEN=new\n")]
    public void With_ChangesOneVariableAndNothingElse(string before, string after) =>
        EnvText.With(before, "ADMIN_TOKEN", "new").ShouldBe(after);

    [Theory]
    [InlineData("A=\"two\nADMIN_TOKEN=lines\"\n")]
    [InlineData("ADMIN_TOKEN=con\\\ntinued\nB=2\n")]
    public void With_FileThatLinesCannotTell_IsLeftAlone(string text) => EnvText.With(text, "ADMIN_TOKEN", "new").ShouldBeNull();

    [Fact]
    public void New_SaysWhatItWasGiven()
    {
        string text = EnvText.New("api", [("LISTEN_PORT", "3001"), ("ADMIN_TOKEN", AdminSecret.New())]);

        EnvironmentFileContent content = EnvironmentFile.Parse(text);
        content.Warnings.ShouldBeEmpty();
        content.Variables["LISTEN_PORT"].ShouldBe("3001");
        content.Variables["ADMIN_TOKEN"].ShouldMatch("^[0-9a-f]{64}$");
    }
}

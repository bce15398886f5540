using Portok.Settings.Manual;
using Shouldly;

namespace Portok.Settings.Tests.Manual;

public sealed class RoffPageTests
{
    [Fact]
    public void Page_OfEverySetting_NamesItWithDefaultAndWhatIsAllowed()
    {
        string page = SettingsManual.Page("2.0.0");
        foreach (SettingDefinition setting in SettingCatalogue.All)
        {
            page.ShouldContain($"\n\\fB{setting.Name} (");
        }

        page.ShouldStartWith(".TH \"PORTOK.ENV\" 5 \"\" \"portok 2.0.0\" \"Portok\"\n");
    }

    [Theory]
    [InlineData(".so /etc/shadow", "\\&.so /etc/shadow")]
    [InlineData("'br", "\\&\\(aqbr")]
    [InlineData("a\\fBb", "a\\efBb")]
    [InlineData("--json", "\\-\\-json")]
    [InlineData("first\n.second", "first .second")]
    public void Text_ThatLooksLikeAMacro_StaysText(string text, string expected) =>
        new RoffPage("x", 1, "1", "y").Paragraph(text).ToString().ShouldEndWith($"\n{expected}\n");

    [Fact]
    public void Item_WithoutWords_DoesNotSwallowWhatFollows() =>
        new RoffPage("x", 1, "1", "y").Item("--a").Item("--b", "c").ToString().ShouldEndWith(".TP\n\\fB\\-\\-a\\fR\n\\&\n.TP\n\\fB\\-\\-b\\fR\nc\n");
}

using Shouldly;

namespace Portok.Settings.Tests;

public class SettingsReferenceTests
{
    [Fact]
    public void Markdown_HasOneWholeRowForEachSetting()
    {
        string[] lines = SettingsReference.Markdown().TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(SettingCatalogue.All.Count + 2);
        foreach ((string line, SettingDefinition definition) in lines.Skip(2).Zip(SettingCatalogue.All))
        {
            line.ShouldStartWith($"| `{definition.Name}` | ");
            line.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|').ShouldBe(6);
            line.ShouldContain(definition.Meaning.Replace("<", "&lt;", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Text_FitsATerminalAndNamesEachSetting()
    {
        string text = SettingsReference.Text();
        text.Split('\n').Max(l => l.Length).ShouldBeLessThanOrEqualTo(110);
        SettingCatalogue.All.ShouldAllBe(d => text.Contains($"  {d.Name}  ("));
    }

    [Fact]
    public void Catalogue_NamesAreUniqueAndMeaningsAreSentences()
    {
        SettingCatalogue.All.Select(d => d.Name).ShouldBeUnique();
        SettingCatalogue.All.ShouldAllBe(d => d.Meaning.EndsWith('.') && !d.Allowed.EndsWith('.'));
    }
}

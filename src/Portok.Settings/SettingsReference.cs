using System.Text;
using Portok.Settings.Manual;

namespace Portok.Settings;

/// <summary>Writes the catalogue out for people. Pure.</summary>
public static class SettingsReference
{
    private const string Lead = "      ";
    private const int Width = 100;

    /// <summary>For a terminal.</summary>
    public static string Text()
    {
        StringBuilder text = new();
        foreach (SettingDefinition definition in SettingCatalogue.All)
        {
            text.Append("  ").Append(definition.Name).Append("  (").Append(definition.DefaultShown).Append(definition.Change == SettingChange.Live ? "; live" : "").Append(")\n");
            Wrap(text, definition.Meaning);
            Wrap(text, $"Must be {definition.Allowed}.");
        }

        return text.ToString();
    }

    /// <summary>The table of docs/operations.md.</summary>
    public static string Markdown()
    {
        StringBuilder table = new("| variable | default | allowed | meaning | change |\n|---|---|---|---|---|\n");
        foreach (SettingDefinition definition in SettingCatalogue.All)
        {
            table.Append("| `").Append(definition.Name).Append("` | ").Append(Cell(definition.DefaultShown)).Append(" | ").Append(Cell(definition.Allowed))
                .Append(" | ").Append(Cell(definition.Meaning)).Append(" | ").Append(definition.Change == SettingChange.Live ? "SIGHUP" : "restart").Append(" |\n");
        }

        return table.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static void Wrap(StringBuilder text, string sentence)
    {
        foreach (string line in WordWrap.Lines(Lead, sentence, Width))
        {
            text.Append(line).Append('\n');
        }
    }
}

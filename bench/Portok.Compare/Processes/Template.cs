using Portok.Testing;

namespace Portok.Compare.Processes;

/// <summary>Configuration files with {{NAMES}} in them, kept under bench.</summary>
internal static class Template
{
    /// <summary>Writes the file with its names replaced into the folder; returns the new file's path.</summary>
    /// <param name="source">Path under bench.</param>
    public static string Fill(string source, TempFolder folder, params (string Name, object Value)[] values)
    {
        string text = File.ReadAllText(RepositoryRoot.Combine("bench", source));
        foreach ((string name, object value) in values)
        {
            text = text.Replace("{{" + name + "}}", $"{value}", StringComparison.Ordinal);
        }

        return folder.File(Path.GetFileName(source), text);
    }
}

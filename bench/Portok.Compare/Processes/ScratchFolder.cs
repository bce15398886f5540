namespace Portok.Compare.Processes;

/// <summary>A folder for configurations and state; gone when disposed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("portok-compare-").FullName;

    /// <summary>Writes a template of this program into the folder with its {{names}} replaced; returns the file's path.</summary>
    public string WriteTemplate(string template, string name, IReadOnlyDictionary<string, string> values)
    {
        string text = File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, template));
        foreach ((string key, string value) in values)
        {
            text = text.Replace("{{" + key + "}}", value, StringComparison.Ordinal);
        }

        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

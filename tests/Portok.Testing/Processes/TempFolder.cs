namespace Portok.Testing;

/// <summary>A folder of its own under the system's temporary folder, deleted with everything in it at the end.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>Absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("portok-").FullName;

    /// <summary>Absolute path of something in the folder.</summary>
    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Absolute path of a file in the folder, written first when a content is given, with the folders above it.</summary>
    public string File(string name, string? content = null)
    {
        string path = Combine(name);
        if (content is not null)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            System.IO.File.WriteAllText(path, content);
        }

        return path;
    }

    /// <summary>Deletes the folder; one already gone is no fault.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}

namespace Portok.Testing;

/// <summary>Finds the folder of the repository the running tests were built from.</summary>
public static class RepositoryRoot
{
    /// <summary>Absolute path of the folder that holds Portok.slnx.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests do not run from inside a repository.</exception>
    public static string Path { get; } = Find();

    /// <summary>Absolute path of something in the repository.</summary>
    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Portok.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Portok.slnx.");
    }
}

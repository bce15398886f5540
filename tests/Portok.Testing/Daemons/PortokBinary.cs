namespace Portok.Testing;

/// <summary>Where the daemon under test is.</summary>
public static class PortokBinary
{
    /// <summary>PORTOK_DAEMON, else the newer of the Debug and Release builds of src/Portok.Daemon.</summary>
    /// <exception cref="FileNotFoundException">It has not been built.</exception>
    public static string Daemon => Find("PORTOK_DAEMON", "Portok.Daemon", "portokd");

    /// <summary>PORTOK_CLI, else the newer of the Debug and Release builds of src/Portok.Cli.</summary>
    /// <exception cref="FileNotFoundException">It has not been built.</exception>
    public static string Cli => Find("PORTOK_CLI", "Portok.Cli", "portok");

    private static string Find(string variable, string project, string name)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given)
            return File.Exists(given) ? given : throw new FileNotFoundException($"{variable} names {given}, which is not there.");
        string? built = new[] { "Debug", "Release" }
            .Select(configuration => RepositoryRoot.Combine("src", project, "bin", configuration, "net10.0", name))
            .Where(File.Exists)
            .MaxBy(path => File.GetLastWriteTimeUtc(Path.ChangeExtension(path, ".dll")));
        return built ?? throw new FileNotFoundException($"{name} is not built: dotnet build src/{project}, or set {variable}.");
    }
}

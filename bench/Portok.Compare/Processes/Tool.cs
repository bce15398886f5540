namespace Portok.Compare.Processes;

/// <summary>Finds programs.</summary>
internal static class Tool
{
    /// <summary>The path of a program; servers live in sbin, which is not on every PATH. Null when there is none.</summary>
    public static string? Find(string name) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin:/usr/local/sbin"
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    public static string Require(string name) =>
        Find(name) ?? throw new CompareException($"{name} is not installed; ./bench-run installs it");

    /// <summary>The first line a program says about its version, on either stream.</summary>
    public static string Version(string path, params string[] arguments)
    {
        (_, string output) = Command.Run(path, arguments, TimeSpan.FromSeconds(10));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "unknown";
    }
}

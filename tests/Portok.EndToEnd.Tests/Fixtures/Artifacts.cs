namespace Portok.EndToEnd.Tests;

/// <summary>Figures that the tests leave behind for a person, under artifacts/ in the repository (not part of it).</summary>
public static class Artifacts
{
    /// <summary>The figures on lost requests.</summary>
    public const string LostRequests = "lost-requests.txt";

    /// <summary>Replaces the line that begins with the subject, or adds it.</summary>
    public static void Write(string file, string subject, string line)
    {
        string folder = RepositoryRoot.Combine("artifacts");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, file);
        string[] others = File.Exists(path) ? [.. File.ReadLines(path).Where(text => !text.StartsWith(subject + ":", StringComparison.Ordinal))] : [];
        File.WriteAllLines(path, [.. others, $"{subject}: {line}"]);
    }
}

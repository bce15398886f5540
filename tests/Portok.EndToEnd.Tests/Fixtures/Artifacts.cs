namespace Portok.EndToEnd.Tests;

/// <summary>Figures that the tests leave behind for a person, under artifacts/ in the repository (not part of it).</summary>
public static class Artifacts
{
    /// <summary>The figures on lost requests.</summary>
    public const string LostRequests = "lost-requests.txt";

    /// <summary>Replaces the line that begins with the subject, or adds it. Tests that run side by side may call it.</summary>
    public static async Task WriteAsync(string file, string subject, string line)
    {
        string folder = RepositoryRoot.Combine("artifacts");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, file);
        await using FileStream exclusive = await OpenAsync(path);
        using var reader = new StreamReader(exclusive, leaveOpen: true);
        string[] lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        exclusive.SetLength(0);
        await using var writer = new StreamWriter(exclusive, leaveOpen: true);
        foreach (string other in lines.Where(text => !text.StartsWith(subject + ":", StringComparison.Ordinal)))
            await writer.WriteAsync(other + "\n");
        await writer.WriteAsync($"{subject}: {line.ReplaceLineEndings(" ")}\n");
    }

    private static async Task<FileStream> OpenAsync(string path)
    {
        FileStream? file = null;
        await Poll.UntilAsync(() =>
        {
            try
            {
                file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }, what: $"{path} to be free");
        return file!;
    }
}

using System.Diagnostics;
using System.Text;

namespace Portok.Architecture.Tests.Sources;

/// <summary>The text files of this repository: tracked ones and new ones, not the ignored.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> All { get; } = [.. Paths().Select(Read).OfType<SourceFile>()];

    public static IEnumerable<SourceFile> CSharpUnder(params string[] folders) =>
        All.Where(file => file.IsCSharp && folders.Any(file.IsUnder));

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Portok.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests must run inside a clone: Portok.slnx is in no parent folder.");
    }

    private static string[] Paths()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using Process git = Process.Start(start)!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0
            ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException("git cannot list the files of the repository");
    }

    private static SourceFile? Read(string path)
    {
        string full = Path.Combine(Root, path);
        if (!File.Exists(full))
        {
            return null;
        }

        byte[] bytes = File.ReadAllBytes(full);
        return bytes.AsSpan().Contains((byte)0) ? null : new SourceFile(path, Encoding.UTF8.GetString(bytes));
    }
}

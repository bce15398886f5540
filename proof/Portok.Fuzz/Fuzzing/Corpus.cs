namespace Portok.Fuzz.Fuzzing;

/// <summary>
/// The inputs of one target that are worth keeping, one a line: kept ones in NAME.txt, those that once showed a fault in
/// NAME.finds.txt. Lines that begin with '#' say what the next one is about.
/// </summary>
internal static class Corpus
{
    /// <summary>The folder beside the built program.</summary>
    internal static string BuiltFolder => Path.Combine(AppContext.BaseDirectory, "Corpus");

    /// <summary>Kept inputs, then past finds.</summary>
    internal static IReadOnlyList<byte[]> Load(string folder, string target) => [.. ReadFile(KeptPath(folder, target)), .. LoadFinds(folder, target)];

    internal static IReadOnlyList<byte[]> LoadFinds(string folder, string target) => ReadFile(FindsPath(folder, target));

    internal static void Save(string folder, string target, IEnumerable<byte[]> inputs)
    {
        Directory.CreateDirectory(folder);
        IEnumerable<string> lines = inputs.OrderBy(i => i.Length).Select(i => EscapedBytes.Write(i)).Distinct(StringComparer.Ordinal);
        File.WriteAllLines(KeptPath(folder, target), lines);
    }

    private static string KeptPath(string folder, string target) => Path.Combine(folder, target + ".txt");

    private static string FindsPath(string folder, string target) => Path.Combine(folder, target + ".finds.txt");

    private static List<byte[]> ReadFile(string path)
        => File.Exists(path) ? [.. File.ReadLines(path).Where(l => l.Length > 0 && l[0] != '#').Select(EscapedBytes.Read)] : [];
}

using System.Security.Cryptography;
using System.Text;

namespace Portok.Fuzz.Fuzzing;

/// <summary>
/// Inputs worth keeping: for each target a text file in which every line is one input, its bytes escaped so that a person can
/// read them.
/// </summary>
internal static class Corpus
{
    /// <summary>The file of a target's kept inputs.</summary>
    public static string FileOf(string folder, string target) => Path.Combine(folder, target + ".txt");

    /// <summary>What is kept; nothing when there is no file yet.</summary>
    public static IReadOnlyList<byte[]> Read(string file)
        => File.Exists(file) ? [.. File.ReadLines(file).Where(l => l.Length > 0 && !l.StartsWith('#')).Select(Unescape)] : [];

    /// <summary>Writes the inputs, shortest first, without repeats.</summary>
    public static void Write(string file, IEnumerable<byte[]> inputs)
    {
        string[] lines = [.. inputs.Select(Escape).Distinct(StringComparer.Ordinal).OrderBy(l => l.Length).ThenBy(l => l, StringComparer.Ordinal)];
        File.WriteAllLines(file, [$"# Inputs that each reach something the shorter ones do not. Escapes: \\r \\n \\t \\\\ \\xHH.", .. lines]);
    }

    /// <summary>A file for one find, named by its content; it is replayed with <c>./prove fuzz --replay FILE</c>.</summary>
    public static string WriteFind(string folder, string target, byte[] input)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{target}-{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}.txt");
        File.WriteAllText(path, Escape(input) + "\n");
        return path;
    }

    public static string Escape(byte[] input)
    {
        var text = new StringBuilder(input.Length);
        // A line that begins with '#' would be a comment.
        for (int i = 0; i < input.Length; i++)
        {
            byte b = input[i];
            _ = b switch
            {
                (byte)'\r' => text.Append("\\r"),
                (byte)'\n' => text.Append("\\n"),
                (byte)'\t' => text.Append("\\t"),
                (byte)'\\' => text.Append("\\\\"),
                < 0x20 or > 0x7E => text.Append("\\x").Append(b.ToString("x2")),
                (byte)'#' when i == 0 => text.Append("\\x23"),
                _ => text.Append((char)b),
            };
        }

        return text.ToString();
    }

    /// <exception cref="FormatException">An escape that is none.</exception>
    public static byte[] Unescape(string line)
    {
        var bytes = new List<byte>(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                bytes.Add((byte)line[i]);
                continue;
            }

            char escape = ++i < line.Length ? line[i] : ' ';
            if (escape == 'x' && i + 2 < line.Length)
            {
                bytes.Add(Convert.ToByte(line.Substring(i + 1, 2), 16));
                i += 2;
                continue;
            }

            bytes.Add(escape switch
            {
                'r' => (byte)'\r',
                'n' => (byte)'\n',
                't' => (byte)'\t',
                '\\' => (byte)'\\',
                _ => throw new FormatException($"\\{escape} is no escape."),
            });
        }

        return [.. bytes];
    }
}

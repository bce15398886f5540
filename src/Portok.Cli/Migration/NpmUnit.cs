namespace Portok.Cli.Migration;

/// <summary>A unit of npm portok: one whose ExecStart= runs Node.js, or a script of its.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Instance">The instance it is for; null: the template, for all others.</param>
/// <param name="Command">What ExecStart= says.</param>
/// <param name="User">User=; null: root.</param>
internal sealed record NpmUnit(string File, string? Instance, string Command, string? User, string Text)
{
    /// <summary>Takes a unit file for what it is. Pure, but for looking at the first line of the program it runs.</summary>
    /// <returns>Null when it is not npm portok's.</returns>
    public static NpmUnit? Read(string file, string text)
    {
        string[] lines = text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n');
        if (ValueOf(lines, "ExecStart") is not { } command || !RunsNode(command))
        {
            return null;
        }

        string name = Path.GetFileNameWithoutExtension(file);
        string instance = name[(name.IndexOf('@', StringComparison.Ordinal) + 1)..];
        return new NpmUnit(file, instance.Length == 0 ? null : instance, command, ValueOf(lines, "User"), text);
    }

    /// <summary>INSTANCE_NAME as the unit sets it for an instance (Environment=INSTANCE_NAME=%i); null: it does not.</summary>
    public string? InstanceNameFor(string instance)
    {
        const string key = "INSTANCE_NAME=";
        return Text.Split('\n').Where(l => l.StartsWith("Environment=", StringComparison.Ordinal)).Select(l => l["Environment=".Length..].Trim().Trim('"', '\''))
            .Where(v => v.StartsWith(key, StringComparison.Ordinal)).Select(v => v[key.Length..].Replace("%i", instance, StringComparison.Ordinal)).LastOrDefault();
    }

    /// <summary>Whether a command of a unit, with its prefix characters and quotes, is Node.js or a script for it.</summary>
    internal static bool RunsNode(string command)
    {
        string[] words = command.TrimStart('-', '@', ':', '+', '!').Split([' ', '\t', '"', '\'', ';'], StringSplitOptions.RemoveEmptyEntries);
        return words.Select(Path.GetFileName).Any(name => name is "node" or "nodejs" or "portokd.mjs" or "portokd.js" or "portokd.cjs")
            || (words.FirstOrDefault() is { } program && IsNodeScript(program));
    }

    /// <summary>A script whose first line asks for Node.js, as npm installs them under a name without an ending.</summary>
    public static bool IsNodeScript(string path)
    {
        const int most = 256;
        try
        {
            if (!System.IO.File.Exists(path))
            {
                return false;
            }

            using FileStream stream = System.IO.File.OpenRead(path);
            Span<byte> start = stackalloc byte[most];
            int read = stream.ReadAtLeast(start, most, throwOnEndOfStream: false);
            string first = System.Text.Encoding.Latin1.GetString(start[..read]).Split('\n')[0];
            return first.StartsWith("#!", StringComparison.Ordinal) && first.Contains("node", StringComparison.Ordinal);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? ValueOf(string[] lines, string key) =>
        lines.Where(l => l.StartsWith(key + "=", StringComparison.Ordinal)).Select(l => l[(key.Length + 1)..].Trim()).LastOrDefault(v => v.Length > 0);
}

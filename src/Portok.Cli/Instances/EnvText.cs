using Portok.Settings;

namespace Portok.Cli.Instances;

/// <summary>The text of env files: what a new instance's says, and one variable changed in a file that a person wrote. Pure.</summary>
internal static class EnvText
{
    /// <summary>A new instance's file.</summary>
    /// <param name="settings">Names and values, in the order of the file; values need no quotes.</param>
    public static string New(string instance, IEnumerable<(string Name, string Value)> settings) =>
        string.Concat((string[])
        [
            $"# Instance {instance} of Portok; systemd's EnvironmentFile= syntax. Change it with: portok edit {instance}\n",
            "# Every setting: man portok.env, or portokd settings\n",
            .. settings.Select(s => $"{s.Name}={s.Value}\n"),
        ]);

    /// <summary>The text with one variable set anew and everything else, comments too, as it was.</summary>
    /// <param name="value">Visible ASCII that needs no quotes.</param>
    /// <returns>Null when the file is written in a way that lines cannot tell (the name inside a quoted value, say).</returns>
    public static string? With(string text, string name, string value)
    {
        string[] lines = text.Split('\n');
        // A later line wins in this syntax, so the last one is the one that counts.
        int last = Array.FindLastIndex(lines, line => IsAssignment(line, name));
        string changed = last >= 0
            ? string.Join('\n', [.. lines[..last], $"{name}={value}", .. lines[(last + 1)..]])
            : text + (text.Length == 0 || text.EndsWith('\n') ? "" : "\n") + $"{name}={value}\n";
        return SaysTheSameBut(text, changed, name, value) ? changed : null;
    }

    private static bool IsAssignment(string line, string name)
    {
        string trimmed = line.TrimStart();
        return trimmed.StartsWith(name, StringComparison.Ordinal) && trimmed.AsSpan(name.Length).TrimStart() is ['=', ..];
    }

    private static bool SaysTheSameBut(string before, string after, string name, string value)
    {
        EnvironmentFileContent was = EnvironmentFile.Parse(before), got = EnvironmentFile.Parse(after);
        Dictionary<string, string> wanted = new(was.Variables, StringComparer.Ordinal) { [name] = value };
        // A rest of the old value that is left behind on a line of its own is a warning more.
        return got.Warnings.SequenceEqual(was.Warnings, StringComparer.Ordinal)
            && got.Variables.Count == wanted.Count
            && wanted.All(w => got.Variables.TryGetValue(w.Key, out string? said) && string.Equals(said, w.Value, StringComparison.Ordinal));
    }
}

using Portok.Cli.Instances;

namespace Portok.Cli.Units;

/// <summary>
/// The texts of the template units. They are the files of packaging/systemd, carried inside this program; a machine's choices
/// change single lines of them. Pure, but for reading what was embedded.
/// </summary>
internal static class UnitFile
{
    public const string Service = "portok@.service";
    public const string Socket = "portok@.socket";

    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> All { get; } = [Service, Socket];

    /// <summary>A unit's text as it should be installed on this machine.</summary>
    public static string Text(string unit, UnitChoices choices) => string.Equals(unit, Service, StringComparison.Ordinal) ? ServiceText(choices) : SocketText(choices.Folders);

    /// <summary>The ExecStart= program of a unit's text; null when there is none.</summary>
    public static string? ExecPathOf(string text)
    {
        const string key = "ExecStart=";
        string? line = text.Split('\n').LastOrDefault(l => l.StartsWith(key, StringComparison.Ordinal) && l.Length > key.Length);
        if (line is null)
        {
            return null;
        }

        string command = line[key.Length..].TrimStart('-', '@', ':', '+', '!');
        string program = command.StartsWith('"') ? command[1..].Split('"')[0] : command.Split(' ')[0];
        return program.Replace("%%", "%", StringComparison.Ordinal);
    }

    /// <summary>The packaged text of a unit.</summary>
    public static string Embedded(string unit)
    {
        using Stream stream = typeof(UnitFile).Assembly.GetManifestResourceStream(unit) ?? throw new InvalidOperationException($"{unit} is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private static string ServiceText(UnitChoices choices)
    {
        List<string> lines = [.. Embedded(Service).Split('\n')];
        string envFile = $"{Escape(choices.Folders.Config)}/%i.env";
        Replace(lines, "EnvironmentFile=", _ => $"EnvironmentFile={envFile}");
        Replace(lines, "ExecStart=", _ => $"ExecStart={Quote(Escape(choices.ExecPath))} --env-file {Quote(envFile)}");
        if (choices.UnderHome)
        {
            Replace(lines, "ProtectHome=", _ => "ProtectHome=read-only");
        }

        if (choices.CompilesWhileRunning)
        {
            Replace(lines, "MemoryDenyWriteExecute=", _ => "MemoryDenyWriteExecute=no");
        }

        if (!string.Equals(choices.Folders.State, Folders.OfTheSystem.State, StringComparison.Ordinal))
        {
            // StateDirectory= is always under /var/lib; another folder is the administrator's to make.
            Replace(lines, "StateDirectory=", _ => null);
            Replace(lines, "StateDirectoryMode=", _ => null);
            Replace(lines, "ReadWritePaths=", _ => $"ReadWritePaths={Quote(Escape(choices.Folders.State))}");
        }

        return string.Join('\n', lines);
    }

    /// <summary>The socket does nothing without its drop-in, which lies where this machine's units are.</summary>
    private static string SocketText(Folders folders)
    {
        List<string> lines = [.. Embedded(Socket).Split('\n')];
        Replace(lines, "ConditionPathExists=", line => line.Replace(Folders.OfTheSystem.Systemd, Escape(folders.Systemd), StringComparison.Ordinal));
        return string.Join('\n', lines);
    }

    /// <summary>Changes the one line of a directive; a packaged unit without it is a mistake of ours, not something to pass over.</summary>
    private static void Replace(List<string> lines, string key, Func<string, string?> change)
    {
        int at = lines.FindIndex(line => line.StartsWith(key, StringComparison.Ordinal));
        if (at < 0)
        {
            throw new InvalidOperationException($"A packaged unit has no {key} line.");
        }

        if (change(lines[at]) is { } changed)
        {
            lines[at] = changed;
        }
        else
        {
            lines.RemoveAt(at);
        }
    }

    private static string Escape(string path) => path.Replace("%", "%%", StringComparison.Ordinal);

    private static string Quote(string word) => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;
}

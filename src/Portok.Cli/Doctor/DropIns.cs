using Portok.Cli.Units;

namespace Portok.Cli.Doctor;

/// <summary>What an administrator has laid over a unit: drop-ins, or a whole file of the instance's own name.</summary>
internal static class DropIns
{
    /// <summary>The administrator's files that set one of these directives for a unit.</summary>
    /// <remarks>A distribution has drop-ins of its own for all services (/usr/lib/systemd/system/service.d): they are not looked at.</remarks>
    public static IReadOnlyList<string> That(UnitState unit, IReadOnlyCollection<string> directives)
    {
        string own = unit["FragmentPath"];
        IEnumerable<string> files = unit["DropInPaths"].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(file => ((string[])["/etc/", "/run/"]).Any(root => file.StartsWith(root, StringComparison.Ordinal)))
            .Concat(string.Equals(Path.GetFileName(own), unit.Id, StringComparison.Ordinal) ? [own] : []);
        return [.. files.Where(file => Sets(file, directives))];
    }

    /// <summary>The commands that take files away and have systemd know of it; "systemctl revert" knows only those of the instance's own name.</summary>
    public static IReadOnlyList<string> Removal(UnitState unit, IReadOnlyCollection<string> files)
    {
        string[] shared = [.. files.Where(file => !file.Contains($"/{unit.Id}", StringComparison.Ordinal))];
        return
        [
            .. shared.Length < files.Count ? [$"systemctl revert {unit.Id}"] : Array.Empty<string>(),
            .. shared.Length > 0 ? [$"rm {string.Join(' ', shared)}", "systemctl daemon-reload"] : Array.Empty<string>(),
        ];
    }

    private static bool Sets(string file, IReadOnlyCollection<string> directives)
    {
        try
        {
            return File.ReadLines(file).Any(line => directives.Any(directive => line.TrimStart().StartsWith(directive + "=", StringComparison.Ordinal)));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // systemd names it as one that counts.
            return true;
        }
    }
}

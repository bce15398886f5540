using Portok.Cli.Units;
using Portok.Settings;

namespace Portok.Cli.Migration;

/// <summary>
/// Files that npm portok's unit let the daemon write and the new one does not, which shuts its daemon in: it would run, and refuse
/// every switch, or not start at all.
/// </summary>
internal static class ClosedPaths
{
    private const string Directive = "ReadWritePaths";

    /// <summary>One line for each, with what opens it.</summary>
    public static IEnumerable<string> Of(NpmInstance npm, Machine machine)
    {
        string service = UnitNames.Service(npm.Name);
        string[] open =
        [
            machine.Folders.State,
            Path.GetDirectoryName(machine.Folders.AdminSocket(npm.Name))!,
            .. ((string[])[UnitFile.Service, service]).SelectMany(unit => OpenedFor(Path.Combine(machine.Folders.Systemd, unit + ".d"))),
        ];
        foreach (string setting in (string[])[SettingCatalogue.StateFile.Name, SettingCatalogue.AdminUnixSocket.Name])
        {
            if (npm.Instance.FileVariables.TryGetValue(setting, out string? value) && Path.IsPathRooted(value) && Path.GetDirectoryName(Path.GetFullPath(value)) is { } folder && !open.Any(root => LiesIn(folder, root)))
            {
                string opens = string.Join(" && ", Overlay.Commands(machine.Folders, service, "paths", $"{Directive}={folder}"));
                yield return $"{npm.Instance.File}: {setting}={value}: the new unit lets its daemon write in {machine.Folders.State} only. Move the file there, or open {folder}: {opens}";
            }
        }
    }

    /// <summary>Whether a folder is another one or lies in it.</summary>
    public static bool LiesIn(string folder, string root) => string.Equals(folder, root, StringComparison.Ordinal) || folder.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>What the administrator's drop-ins open to a unit.</summary>
    private static IEnumerable<string> OpenedFor(string folder) => !Directory.Exists(folder) ? [] :
        Directory.EnumerateFiles(folder, "*.conf").SelectMany(File.ReadLines).Where(line => line.StartsWith(Directive + "=", StringComparison.Ordinal))
            .SelectMany(line => line[(Directive.Length + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(path => path.TrimStart('-', '+'));
}

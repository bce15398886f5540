using Portok.Cli.Instances;

namespace Portok.Cli.Units;

/// <summary>A line of an administrator's own, laid over a unit: what "systemctl edit" does, as commands to be copied.</summary>
internal static class Overlay
{
    /// <param name="unit">The unit's name.</param>
    /// <param name="name">Of the drop-in, without its ending.</param>
    /// <param name="line">A directive of [Service].</param>
    public static IReadOnlyList<string> Commands(Folders folders, string unit, string name, string line)
    {
        string folder = Path.Combine(folders.Systemd, unit + ".d");
        return [$"sh -c 'mkdir -p {folder} && printf \"[Service]\\n{line}\\n\" >{folder}/{name}.conf'", "systemctl daemon-reload"];
    }
}

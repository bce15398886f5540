using System.Globalization;

namespace Portok.Cli.Units;

/// <summary>What systemd says of one unit (<c>systemctl show</c>).</summary>
/// <param name="Properties">Names and values as systemd writes them.</param>
internal sealed record UnitState(IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>The properties asked for.</summary>
    public static IReadOnlyList<string> Asked { get; } =
    [
        "Id", "LoadState", "ActiveState", "SubState", "UnitFileState", "FragmentPath", "DropInPaths", "NeedDaemonReload", "MainPID", "Result", "ExecMainStatus",
        "NRestarts", "Listen",
    ];

    public string Id => this["Id"];

    /// <summary>False when there is no such unit file.</summary>
    public bool IsInstalled => this["LoadState"] is not ("" or "not-found");

    /// <summary>"active", "inactive", "activating", "deactivating", "failed", "reloading".</summary>
    public string ActiveState => this["ActiveState"];

    /// <summary>"running", "dead", "auto-restart", "listening", …</summary>
    public string SubState => this["SubState"];

    public bool IsActive => ActiveState is "active" or "reloading";

    /// <summary>Starts when the machine does.</summary>
    public bool IsEnabled => this["UnitFileState"] is "enabled" or "enabled-runtime";

    /// <summary>The main process; 0: none.</summary>
    public int MainPid => int.TryParse(this["MainPID"], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0;

    /// <summary>One property; empty when systemd did not say it.</summary>
    public string this[string property] => Properties.TryGetValue(property, out string? value) ? value : "";

    /// <summary>Reads the output of <c>systemctl show</c>: NAME=VALUE lines, an empty line between units.</summary>
    public static IReadOnlyList<UnitState> ParseAll(string output)
    {
        List<UnitState> units = [];
        foreach (string block in output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            Dictionary<string, string> properties = new(StringComparer.Ordinal);
            foreach (string line in block.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                int equals = line.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0)
                {
                    // A property such as Listen may come several times; the first is enough to know it.
                    properties.TryAdd(line[..equals], line[(equals + 1)..]);
                }
            }

            units.Add(new UnitState(properties));
        }

        return units;
    }
}

using Portok.Cli.Units;

namespace Portok.Cli.Doctor;

/// <summary>What the packaged service unit forbids its daemon, as far as systemd tells it back. Pure.</summary>
internal static class Hardening
{
    /// <summary>What systemd is asked for.</summary>
    public static IReadOnlyList<string> Properties { get; } =
    [
        "User", "NoNewPrivileges", "ProtectSystem", "ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectKernelTunables", "ProtectKernelModules", "ProtectKernelLogs",
        "ProtectControlGroups", "ProtectClock", "ProtectHostname", "RestrictRealtime", "RestrictSUIDSGID", "LockPersonality",
    ];

    /// <summary>Where a running unit is weaker than the packaged one: the property, and a line about it.</summary>
    public static IReadOnlyDictionary<string, string> Gaps(UnitState state)
    {
        string[] lines = UnitFile.Embedded(UnitFile.Service).Split('\n');
        Dictionary<string, string> gaps = new(StringComparer.Ordinal);
        foreach (string property in Properties)
        {
            string key = property + "=";
            if (Array.Find(lines, line => line.StartsWith(key, StringComparison.Ordinal)) is { } line && !Holds(property, line[key.Length..], state[property]))
            {
                gaps.Add(property, $"{property} is '{state[property]}', not '{line[key.Length..]}'");
            }
        }

        return gaps;
    }

    private static bool Holds(string property, string wanted, string found) =>
        string.Equals(wanted, found, StringComparison.Ordinal)
            // What init --home chooses: portokd itself lies there.
            || (property is "ProtectHome" && found is ("read-only" or "tmpfs"));
}

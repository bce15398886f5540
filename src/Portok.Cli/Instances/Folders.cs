namespace Portok.Cli.Instances;

/// <summary>Where instances live on this machine.</summary>
/// <param name="Config">Env files, one per instance. PORTOK_CONFIG_DIR.</param>
/// <param name="State">Saved states. PORTOK_STATE_DIR.</param>
/// <param name="Systemd">Unit files. PORTOK_SYSTEMD_DIR.</param>
internal sealed record Folders(string Config, string State, string Systemd)
{
    /// <param name="environment">Looks up an environment variable; null or empty: not set.</param>
    public static Folders From(Func<string, string?> environment)
    {
        return new Folders(
            Value("PORTOK_CONFIG_DIR", "/etc/portok"),
            Value("PORTOK_STATE_DIR", "/var/lib/portok"),
            Value("PORTOK_SYSTEMD_DIR", "/etc/systemd/system"));

        string Value(string name, string fallback) => environment(name) is { Length: > 0 } value ? value : fallback;
    }

    /// <summary>The env file of an instance whose name has been checked.</summary>
    public string EnvFile(string instance) => Path.Combine(Config, instance + ".env");
}

namespace Portok.Cli.Instances;

/// <summary>Where instances live on this machine.</summary>
/// <param name="Config">Env files, one per instance. PORTOK_CONFIG_DIR.</param>
/// <param name="State">Saved states. PORTOK_STATE_DIR.</param>
/// <param name="Systemd">Unit files of the administrator. PORTOK_SYSTEMD_DIR.</param>
internal sealed record Folders(string Config, string State, string Systemd)
{
    /// <summary>Where they are unless a variable moves them.</summary>
    public static Folders OfTheSystem { get; } = new("/etc/portok", "/var/lib/portok", "/etc/systemd/system");

    /// <summary>Where the package puts its units; a file of the same name in <see cref="Systemd"/> wins over it. None when the folders were moved.</summary>
    public IReadOnlyList<string> OfThePackage => IsMoved ? [] : ["/usr/lib/systemd/system", "/lib/systemd/system"];

    /// <summary>True when at least one is not the system's: then no user or group is made, and files belong to whoever makes them.</summary>
    public bool IsMoved => this != OfTheSystem;

    /// <param name="environment">Looks up an environment variable; null or empty: not set.</param>
    public static Folders From(Func<string, string?> environment)
    {
        return new Folders(
            Value("PORTOK_CONFIG_DIR", OfTheSystem.Config),
            Value("PORTOK_STATE_DIR", OfTheSystem.State),
            Value("PORTOK_SYSTEMD_DIR", OfTheSystem.Systemd));

        string Value(string name, string fallback) => environment(name) is { Length: > 0 } value ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(value)) : fallback;
    }

    /// <summary>The env file of an instance whose name has been checked.</summary>
    public string EnvFile(string instance) => Path.Combine(Config, instance + ".env");

    /// <summary>Where the daemon keeps an instance's state unless its file says otherwise.</summary>
    public string StateFile(string instance) => Path.Combine(State, instance + ".json");

    /// <summary>The admin socket that <c>portok add</c> gives an instance: in the unit's RuntimeDirectory= or, with moved folders, beside the state.</summary>
    public string AdminSocket(string instance) => IsMoved ? Path.Combine(State, instance + ".sock") : $"/run/portok/{instance}/admin.sock";
}

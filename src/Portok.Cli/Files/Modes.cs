namespace Portok.Cli.Files;

/// <summary>The file modes of what portok makes.</summary>
internal static class Modes
{
    /// <summary>0640: an env file holds a secret, which the service's group reads.</summary>
    public const UnixFileMode EnvFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    /// <summary>0644: a unit file.</summary>
    public const UnixFileMode UnitFile = EnvFile | UnixFileMode.OtherRead;

    /// <summary>0750: the folders of env files and states.</summary>
    public const UnixFileMode PrivateFolder = EnvFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;

    /// <summary>0755: a folder of units.</summary>
    public const UnixFileMode PublicFolder = PrivateFolder | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>"0640".</summary>
    public static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8);
}

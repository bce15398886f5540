using Portok.Cli.Instances;

namespace Portok.Cli.Units;

/// <summary>What a machine's own service unit says differently from the packaged one.</summary>
/// <param name="ExecPath">The portokd it runs, an absolute path.</param>
/// <param name="UnderHome">portokd lies under a home folder, which the unit must then be able to read.</param>
/// <param name="Folders">Where env files and states are.</param>
internal sealed record UnitChoices(string ExecPath, bool UnderHome, Folders Folders)
{
    /// <summary>The packaged unit's own.</summary>
    public static UnitChoices Packaged { get; } = new("/usr/bin/portokd", UnderHome: false, Folders.OfTheSystem);

    /// <summary>A build that compiles while it runs has its code in a .dll beside it; memory that is written and executed is its nature.</summary>
    public bool CompilesWhileRunning => File.Exists(ExecPath + ".dll");

    /// <summary>Whether a path lies in a folder that ProtectHome=yes hides.</summary>
    public static bool IsUnderHome(string path) =>
        ((string[])["/home", "/root", "/run/user"]).Any(home => path.StartsWith(home + "/", StringComparison.Ordinal));
}

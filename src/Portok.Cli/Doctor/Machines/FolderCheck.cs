using Portok.Cli.Doctor.Sources;
using Portok.Cli.Files;
using Portok.Cli.Instances;

namespace Portok.Cli.Doctor.Machines;

/// <summary>One of portok's folders is there, is closed to others, and lets the daemon do what it must.</summary>
/// <param name="ofTheService">The daemon writes there; else it only reads.</param>
internal sealed class FolderCheck(MachineFacts machine, string name, string path, bool ofTheService) : ICheck
{
    private const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    public string Name => name;

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        string init = machine.AsAdministrator("portok init");
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? Finding.Fault($"{path} is no folder", $"{machine.AsAdministrator($"mv {path} {path}.aside")} && {init}") : Finding.Fault($"{path} is missing", init);
        }

        FileRights rights = await FileRights.OfAsync(path, machine.Machine.Programs, cancellation).ConfigureAwait(false);
        string account = machine.Folders.IsMoved ? Environment.UserName : ServiceAccount.Name;
        UnixFileMode needed = ofTheService ? Read | UnixFileMode.UserWrite : Read;
        if (!rights.Allow(account, needed) && account is not "root")
        {
            string need = ofTheService ? "and every switch must be written there" : "and it has to read env files there";
            return Finding.Fault($"{path} is closed to the user {account}, {need}", OwnAgain(), $"{rights.Described}; should be {Wanted}");
        }

        return rights.IsOpenToOthers
            ? Finding.Warning($"{path} is open to every user of this machine", machine.AsAdministrator($"chmod o-rwx {path}"), $"{rights.Described}; should be {Wanted}")
            : Finding.Ok($"{path}, {rights.Described}");
    }

    /// <summary>Sets owner and mode of a folder that is there; init does so only for one it makes.</summary>
    private string OwnAgain() => machine.AsAdministrator(machine.Folders.IsMoved
        ? $"chmod 750 {path}"
        : $"install -d -o {(ofTheService ? ServiceAccount.Name : "root")} -g {ServiceAccount.Name} -m 750 {path}");

    private string Wanted => machine.Folders.IsMoved ? Modes.Octal(Modes.PrivateFolder)
        : $"{(ofTheService ? ServiceAccount.Name : "root")}:{ServiceAccount.Name} {Modes.Octal(Modes.PrivateFolder)}";
}

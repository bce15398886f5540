using Portok.Cli.Doctor.Sources;
using Portok.Cli.Files;
using Portok.Cli.Instances;

namespace Portok.Cli.Doctor.Daemons;

/// <summary>The env file, which holds the token, is the daemon's to read and nobody else's.</summary>
internal sealed class SecretsCheck(InstanceFacts instance) : ICheck
{
    public string Name => "secrets";

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        string file = instance.Instance.File;
        FileRights rights = await FileRights.OfAsync(file, instance.Machine.Machine.Programs, cancellation).ConfigureAwait(false);
        string mend = instance.Machine.AsAdministrator(instance.Machine.Folders.IsMoved ? $"chmod 640 {file}" : $"sh -c 'chown root:{ServiceAccount.Name} {file} && chmod 640 {file}'");
        if ((rights.Mode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != UnixFileMode.None)
        {
            return Finding.Fault("Every user of this machine can read the token", mend, $"{rights.Described}; should be {Wanted}. Whoever may have read it still has it: {instance.Machine.AsAdministrator($"portok token rotate {instance.Name}")}");
        }

        if (instance.Machine.Folders.IsMoved)
        {
            return Finding.Ok($"{rights.Described}: closed to others");
        }

        return rights.Allow(ServiceAccount.Name, UnixFileMode.UserRead)
            ? Finding.Ok($"{rights.Described}: the daemon's to read, closed to others")
            : Finding.Fault($"The user {ServiceAccount.Name} cannot read {file}", mend, $"{rights.Described}; should be {Wanted}");
    }

    private string Wanted => instance.Machine.Folders.IsMoved ? Modes.Octal(Modes.EnvFile) : $"root:{ServiceAccount.Name} {Modes.Octal(Modes.EnvFile)}";
}

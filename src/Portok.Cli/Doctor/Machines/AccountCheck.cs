using Portok.Cli.Instances;

namespace Portok.Cli.Doctor.Machines;

/// <summary>The user and group that the daemons run as.</summary>
internal sealed class AccountCheck(MachineFacts machine) : ICheck
{
    public string Name => "account";

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        if (machine.Folders.IsMoved)
        {
            return null;
        }

        string[] missing =
        [
            .. await machine.Machine.Account.IdAsync("passwd", cancellation).ConfigureAwait(false) is null ? ["user"] : Array.Empty<string>(),
            .. await machine.Machine.Account.IdAsync("group", cancellation).ConfigureAwait(false) is null ? ["group"] : Array.Empty<string>(),
        ];
        return missing.Length == 0
            ? Finding.Ok($"User and group {ServiceAccount.Name} are there")
            : Finding.Fault($"There is no {string.Join(" and no ", missing)} {ServiceAccount.Name}", machine.AsAdministrator("portok init"));
    }
}

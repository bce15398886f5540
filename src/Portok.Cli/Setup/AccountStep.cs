using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Cli.Processes;

namespace Portok.Cli.Setup;

/// <summary>The user and group that the daemons run as.</summary>
internal sealed class AccountStep(Machine machine) : ISetupStep
{
    public string Name => "account";

    public async Task<StepFinding> LookAsync(CancellationToken cancellation)
    {
        bool user = await machine.Account.IdAsync("passwd", cancellation).ConfigureAwait(false) is not null;
        bool group = await machine.Account.IdAsync("group", cancellation).ConfigureAwait(false) is not null;
        return user && group
            ? new StepFinding(Needed: false, "User and group portok are there")
            : new StepFinding(Needed: true, "Make the user and group portok", "Made the user and group portok");
    }

    public async Task DoAsync(CancellationToken cancellation)
    {
        if (await machine.Account.IdAsync("group", cancellation).ConfigureAwait(false) is null)
        {
            await RunAsync("groupadd", ["--system", ServiceAccount.Name], cancellation).ConfigureAwait(false);
        }

        if (await machine.Account.IdAsync("passwd", cancellation).ConfigureAwait(false) is null)
        {
            string[] arguments = ["--system", "--gid", ServiceAccount.Name, "--home-dir", "/nonexistent", "--no-create-home", "--shell", "/usr/sbin/nologin", "--comment", "Portok switchboard", ServiceAccount.Name];
            await RunAsync("useradd", arguments, cancellation).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        ProgramResult result = await machine.Programs.RunAsync(program, arguments, cancellation).ConfigureAwait(false);
        if (!result.Ok)
        {
            throw new CommandFailure(ExitCode.Refused, "No service account", $"{program}: {Printable.Of(result.Complaint)}");
        }
    }
}

using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Connection;
using Portok.Cli.Units;

namespace Portok.Cli.Instances;

/// <summary>Whether an instance's daemon runs, and who runs it.</summary>
internal enum DaemonPresence
{
    /// <summary>Nothing runs.</summary>
    None,

    /// <summary>systemd runs it: it can be told to read its file again.</summary>
    Managed,

    /// <summary>Somebody else runs it: it answers, but portok cannot tell it anything.</summary>
    Foreign,
}

/// <summary>The daemon of an instance while its file is being changed.</summary>
internal sealed class LiveDaemon(Machine machine, Instance instance)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<DaemonPresence> LookAsync(CancellationToken cancellation)
    {
        try
        {
            UnitState state = await machine.Systemctl.ShowAsync(UnitNames.Service(instance.Name), cancellation).ConfigureAwait(false);
            if (state.IsActive)
            {
                return DaemonPresence.Managed;
            }
        }
        catch (CommandFailure)
        {
            // No systemd: then only an answer tells.
        }

        return await AskAsync(token: null, cancellation).ConfigureAwait(false) is null ? DaemonPresence.None : DaemonPresence.Foreign;
    }

    /// <summary>Has it read its file again.</summary>
    public Task ReloadAsync(CancellationToken cancellation) => new InstanceUnits(machine, instance.Name).ReloadAsync(cancellation);

    /// <summary>Asks for its status with a token.</summary>
    /// <param name="token">Null: the one of its file.</param>
    /// <returns>Null when nothing of portokd answers.</returns>
    public async Task<AdminAnswer?> AskAsync(string? token, CancellationToken cancellation)
    {
        try
        {
            AdminEndpoint endpoint = InstanceEndpoint.Of(instance);
            using AdminClient client = new(token is null ? endpoint : endpoint with { Token = token }, Patience);
            return await client.GetAsync(AdminPaths.Status, cancellation).ConfigureAwait(false);
        }
        catch (CommandFailure)
        {
            return null;
        }
    }
}

using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Cli.Processes;
using Portok.Cli.Units;

namespace Portok.Cli;

/// <summary>This machine as the management verbs see it: its folders, instances, units and service account, all found through one <see cref="CliHost"/>.</summary>
internal sealed class Machine
{
    public Machine(CliHost host)
    {
        Folders = Folders.From(host.Environment);
        Programs = new ProgramRunner(host);
        Store = new InstanceStore(Folders);
        Systemctl = new Systemctl(Programs);
        Units = new InstalledUnits(Folders);
        SocketDropIn = new SocketDropIn(Folders);
        Account = new ServiceAccount(Programs, Folders);
    }

    public Folders Folders { get; }

    public ProgramRunner Programs { get; }

    public InstanceStore Store { get; }

    public Systemctl Systemctl { get; }

    public InstalledUnits Units { get; }

    public SocketDropIn SocketDropIn { get; }

    public ServiceAccount Account { get; }

    /// <summary>Has systemd read the units again after one was written or deleted.</summary>
    /// <returns>Why it could not be told, in words; null: it was.</returns>
    public async Task<string?> ReloadUnitsAsync(CancellationToken cancellation)
    {
        try
        {
            await Systemctl.DaemonReloadAsync(cancellation).ConfigureAwait(false);
            return null;
        }
        catch (CommandFailure failure)
        {
            return $"systemd does not know of it yet. {failure.Message}";
        }
    }
}

using Portok.Cli.CommandLine;
using Portok.Cli.Doctor.Sources;
using Portok.Cli.Instances;
using Portok.Cli.Migration;
using Portok.Cli.Units;

namespace Portok.Cli.Doctor;

/// <summary>What several checks need to know of this machine; asked for once, when the first of them needs it.</summary>
internal sealed class MachineFacts
{
    private readonly Lazy<Task<IReadOnlyDictionary<string, UnitState>>> _units;
    private readonly Lazy<ListenerTable> _listeners;
    private readonly Lazy<NpmInstallation?> _npm;

    private MachineFacts(Machine machine, CliHost host, IReadOnlyList<Instance> instances, string? notListed, CancellationToken cancellation)
    {
        Machine = machine;
        Host = host;
        Instances = instances;
        NotListed = notListed;
        _units = new Lazy<Task<IReadOnlyDictionary<string, UnitState>>>(() => AskAsync(cancellation));
        _listeners = new Lazy<ListenerTable>(() => ListenerTable.Read());
        _npm = new Lazy<NpmInstallation?>(() => NpmInstallation.Find(machine));
    }

    public Machine Machine { get; }

    public CliHost Host { get; }

    public Folders Folders => Machine.Folders;

    /// <summary>All instances, whichever are looked at: they may be in each other's way.</summary>
    public IReadOnlyList<Instance> Instances { get; }

    /// <summary>Why the instances are not known; null: they are.</summary>
    public string? NotListed { get; }

    /// <summary>What listens on this machine's TCP ports.</summary>
    public ListenerTable Listeners => _listeners.Value;

    /// <summary>npm portok, where its units are the ones that count.</summary>
    /// <exception cref="CommandFailure">This user may not look.</exception>
    public NpmInstallation? Npm => _npm.Value;

    public static MachineFacts Of(Machine machine, CliHost host, CancellationToken cancellation)
    {
        try
        {
            return new MachineFacts(machine, host, machine.Store.LoadAll(), notListed: null, cancellation);
        }
        catch (CommandFailure failure)
        {
            return new MachineFacts(machine, host, [], failure.Message, cancellation);
        }
    }

    /// <summary>The state of a unit of an instance.</summary>
    /// <exception cref="CommandFailure">systemd cannot be asked.</exception>
    public async Task<UnitState> UnitAsync(string unit) => (await _units.Value.ConfigureAwait(false))[unit];

    /// <summary>The same; null when systemd cannot be asked, or does not look into these folders.</summary>
    public async Task<UnitState?> UnitOrNullAsync(string unit)
    {
        try
        {
            return await UnitAsync(unit).ConfigureAwait(false) is { IsInstalled: true } state ? state : null;
        }
        catch (CommandFailure)
        {
            return null;
        }
    }

    /// <summary>A command as it has to be typed: with sudo where the folders are the system's and this user is not root.</summary>
    public string AsAdministrator(string command) => Environment.IsPrivilegedProcess || Folders.IsMoved ? command : "sudo " + command;

    /// <summary>Commands to be typed one after the other.</summary>
    public string AsAdministrator(IReadOnlyList<string> commands) => string.Join(" && ", commands.Select(AsAdministrator));

    private async Task<IReadOnlyDictionary<string, UnitState>> AskAsync(CancellationToken cancellation)
    {
        string[] units = [.. Instances.SelectMany(i => (string[])[UnitNames.Service(i.Name), UnitNames.Socket(i.Name)])];
        Dictionary<string, UnitState> states = new(StringComparer.Ordinal);
        if (units.Length > 0)
        {
            IReadOnlyList<UnitState> shown = await Machine.Systemctl.ShowAsync(units, [.. UnitState.Asked, .. Hardening.Properties, "ReadWritePaths"], cancellation).ConfigureAwait(false);
            for (int i = 0; i < units.Length; i++)
            {
                states[units[i]] = shown[i];
            }
        }

        return states;
    }
}

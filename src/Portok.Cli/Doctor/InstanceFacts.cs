using Portok.Cli.Doctor.Sources;
using Portok.Cli.Instances;
using Portok.Cli.Units;

namespace Portok.Cli.Doctor;

/// <summary>What several checks need to know of one instance; asked for once, when the first of them needs it.</summary>
internal sealed class InstanceFacts
{
    private readonly Lazy<Task<DaemonReply>> _reply;
    private readonly Lazy<SavedStateFile> _saved;

    public InstanceFacts(MachineFacts machine, Instance instance, CancellationToken cancellation)
    {
        Machine = machine;
        Instance = instance;
        _reply = new Lazy<Task<DaemonReply>>(() => DaemonReply.AskAsync(instance, cancellation));
        _saved = new Lazy<SavedStateFile>(() => SavedStateFile.Read(instance.StateFile(machine.Folders)));
    }

    public MachineFacts Machine { get; }

    public Instance Instance { get; }

    public string Name => Instance.Name;

    /// <summary>The file says where the daemon is; where it does not, the check of the settings has said why.</summary>
    public bool HasAddress => Instance.ListenPort is not null;

    /// <summary>The saved state, as it is on the disk.</summary>
    public SavedStateFile Saved => _saved.Value;

    /// <summary>What the daemon says to a request for its status.</summary>
    public Task<DaemonReply> ReplyAsync() => _reply.Value;

    /// <summary>The service unit's state; null when systemd cannot be asked.</summary>
    public Task<UnitState?> ServiceAsync() => Machine.UnitOrNullAsync(UnitNames.Service(Name));

    /// <summary>Stopped, as far as systemd knows: what does not answer then is no fault.</summary>
    public async Task<bool> IsStoppedAsync() => await ServiceAsync().ConfigureAwait(false) is { ActiveState: "inactive", IsEnabled: false };

    /// <summary>The daemon's process: systemd's word for it, else whoever listens on the public port as portokd; 0: not known.</summary>
    public async Task<int> ProcessAsync()
    {
        if (await ServiceAsync().ConfigureAwait(false) is { MainPid: > 0 and int main })
        {
            return main;
        }

        return Instance.ListenPort is { } port
            ? Machine.Listeners.OwnersOf(port).FirstOrDefault(o => o.Name is "portokd")?.Pid ?? 0
            : 0;
    }
}

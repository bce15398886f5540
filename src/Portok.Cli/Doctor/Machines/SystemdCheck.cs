using Portok.Cli.CommandLine;
using Portok.Cli.Units;

namespace Portok.Cli.Doctor.Machines;

/// <summary>systemd runs this machine and answers.</summary>
internal sealed class SystemdCheck(MachineFacts machine) : ICheck
{
    /// <summary>sd_booted(3): there exactly when systemd is the init system.</summary>
    private const string Booted = "/run/systemd/system";

    public string Name => "systemd";

    public async Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        try
        {
            UnitState manager = (await machine.Machine.Systemctl.ShowAsync([], ["Version", "SystemState"], cancellation).ConfigureAwait(false))[0];
            string[] moved = machine.Folders.IsMoved ? [$"Its units are not in {machine.Folders.Systemd}: the folders were moved."] : [];
            return Finding.Ok($"systemd {manager["Version"]} answers", moved);
        }
        catch (CommandFailure failure)
        {
            return Directory.Exists(Booted)
                ? Finding.Fault("systemd runs this machine, but does not answer", "systemctl is-system-running", failure.Message)
                : Finding.Warning("systemd does not run this machine", mend: null, "Units cannot be looked at. Start a daemon with: portokd --env-file FILE");
        }
    }
}

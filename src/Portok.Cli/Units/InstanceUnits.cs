using Portok.Cli.CommandLine;
using Portok.Cli.Processes;
using Portok.Settings;

namespace Portok.Cli.Units;

/// <summary>
/// The two units of one instance: the service, and the socket that holds the public port, so that clients wait in the kernel
/// while the daemon restarts. Where the socket's template is not installed the service opens the port itself.
/// </summary>
internal sealed class InstanceUnits(Machine machine, string instance)
{
    private readonly string _service = UnitNames.Service(instance);
    private readonly string _socket = UnitNames.Socket(instance);

    private bool HasSocket => machine.Units.FileOf(UnitFile.Socket) is not null;

    private string[] Both => HasSocket ? [_socket, _service] : [_service];

    /// <summary>The service's state.</summary>
    public Task<UnitState> ServiceAsync(CancellationToken cancellation) => machine.Systemctl.ShowAsync(_service, cancellation);

    /// <exception cref="CommandFailure">The template unit is not installed.</exception>
    public async Task<UnitState> RequireInstalledAsync(CancellationToken cancellation)
    {
        UnitState state = await ServiceAsync(cancellation).ConfigureAwait(false);
        return state.IsInstalled
            ? state
            : throw new CommandFailure(ExitCode.Refused, "No unit", $"systemd knows no {UnitFile.Service}. Install it: portok init");
    }

    /// <summary>Starts socket and service; one that runs is left alone.</summary>
    /// <returns>What systemctl said.</returns>
    public async Task<ProgramResult> StartAsync(DaemonSettings settings, CancellationToken cancellation)
    {
        bool moved = await UpdateSocketAsync(settings, cancellation).ConfigureAwait(false);
        UnitState service = await RequireInstalledAsync(cancellation).ConfigureAwait(false);
        if (service.IsActive)
        {
            return new ProgramResult(0, "", "");
        }

        // A socket that waits on a port that is not the instance's any more.
        if (moved && (await machine.Systemctl.ShowAsync(_socket, cancellation).ConfigureAwait(false)).IsActive)
        {
            await machine.Systemctl.TryAsync("stop", [_socket], cancellation).ConfigureAwait(false);
        }

        return await StartBothAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Restarts the daemon. The socket stays, and clients wait, unless it has to move to another port or was not there.</summary>
    /// <returns>What systemctl said.</returns>
    public async Task<ProgramResult> RestartAsync(DaemonSettings settings, CancellationToken cancellation)
    {
        bool moved = await UpdateSocketAsync(settings, cancellation).ConfigureAwait(false);
        await RequireInstalledAsync(cancellation).ConfigureAwait(false);
        if (!HasSocket)
        {
            return await machine.Systemctl.TryAsync("restart", [_service], cancellation).ConfigureAwait(false);
        }

        UnitState socket = await machine.Systemctl.ShowAsync(_socket, cancellation).ConfigureAwait(false);
        if (socket.IsActive && !moved)
        {
            return await machine.Systemctl.TryAsync("restart", [_service], cancellation).ConfigureAwait(false);
        }

        // The socket first, or the next client would start the service again.
        ProgramResult stopped = await machine.Systemctl.TryAsync("stop", Both, cancellation).ConfigureAwait(false);
        return stopped.Ok ? await StartBothAsync(cancellation).ConfigureAwait(false) : stopped;
    }

    /// <summary>Stops both.</summary>
    public Task<ProgramResult> StopAsync(CancellationToken cancellation) => machine.Systemctl.TryAsync("stop", Both, cancellation);

    /// <summary>Has both started with the machine, or not any more.</summary>
    public async Task<ProgramResult> EnableAsync(bool enable, CancellationToken cancellation)
    {
        await RequireInstalledAsync(cancellation).ConfigureAwait(false);
        return await machine.Systemctl.TryAsync(enable ? "enable" : "disable", Both, cancellation).ConfigureAwait(false);
    }

    /// <summary>Has the running daemon read its file again.</summary>
    public Task ReloadAsync(CancellationToken cancellation) => machine.Systemctl.DoAsync("reload", [_service], cancellation);

    /// <summary>Writes the socket's drop-in when the settings say another port than it does.</summary>
    /// <returns>True when it was written, so that a socket that is open listens on the wrong port or may do so.</returns>
    public async Task<bool> UpdateSocketAsync(DaemonSettings settings, CancellationToken cancellation)
    {
        if (!HasSocket || !machine.SocketDropIn.Write(instance, settings))
        {
            return false;
        }

        await machine.Systemctl.DaemonReloadAsync(cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Stops and disables what there is of both, for an instance that is to go.</summary>
    /// <returns>Why systemd could not be asked, in words; null: it was.</returns>
    /// <exception cref="CommandFailure">They would not stop.</exception>
    public async Task<string?> RetireAsync(CancellationToken cancellation)
    {
        IReadOnlyList<UnitState> states;
        try
        {
            states = await machine.Systemctl.ShowAsync([_socket, _service], cancellation).ConfigureAwait(false);
        }
        catch (CommandFailure failure) when (failure.ExitCode == ExitCode.Refused)
        {
            return failure.Message;
        }

        string[] there = [.. states.Where(s => s.IsInstalled).Select(s => s.Id)];
        if (there.Length > 0)
        {
            await machine.Systemctl.DoAsync("stop", there, cancellation).ConfigureAwait(false);
            await machine.Systemctl.DoAsync("disable", there, cancellation).ConfigureAwait(false);
            // Else "failed" would stay in systemd's lists; a unit that has not failed is no fault.
            await machine.Systemctl.TryAsync("reset-failed", there, cancellation).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<ProgramResult> StartBothAsync(CancellationToken cancellation)
    {
        ProgramResult started = await machine.Systemctl.TryAsync("start", Both, cancellation).ConfigureAwait(false);
        if (!started.Ok && HasSocket && (await ServiceAsync(cancellation).ConfigureAwait(false)).ActiveState is "failed" or "inactive")
        {
            // Nobody will ever accept there: clients are better refused than left waiting.
            await machine.Systemctl.TryAsync("stop", [_socket], cancellation).ConfigureAwait(false);
        }

        return started;
    }
}

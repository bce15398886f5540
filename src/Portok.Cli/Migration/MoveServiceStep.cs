using Portok.Cli.CommandLine;
using Portok.Cli.Doctor.Sources;
using Portok.Cli.Processes;
using Portok.Cli.Setup;
using Portok.Cli.Units;

namespace Portok.Cli.Migration;

/// <summary>
/// Restarts one running service of npm portok into the new daemon and checks that the same port is active. When the new one does
/// not come up, or takes another port, the old one is put back: this instance, and those that have not had their turn yet, get
/// npm portok's unit under their own names, which win over the template.
/// </summary>
/// <param name="later">Those that come after this one.</param>
internal sealed class MoveServiceStep(Machine machine, NpmInstance instance, IReadOnlyList<NpmInstance> later, TimeProvider time) : ISetupStep
{
    private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(200);

    private readonly string _service = UnitNames.Service(instance.Name);

    public string Name => "move-service";

    public async Task<StepFinding> LookAsync(CancellationToken cancellation)
    {
        UnitState? state = await StateAsync(cancellation).ConfigureAwait(false);
        if (state is not { IsActive: true })
        {
            string stays = state is null ? $"{_service}: systemd cannot be asked, nothing is restarted" : $"{_service} does not run; it starts with the new daemon from now on";
            return instance.Unit.Instance is null ? new StepFinding(Needed: false, stays) : new StepFinding(Needed: true, $"Delete {instance.Unit.File}; {stays}", $"Deleted {instance.Unit.File}; {stays}");
        }

        int port = await ActivePortAsync(cancellation).ConfigureAwait(false);
        return new StepFinding(Needed: true,
            $"Restart {_service} into the new daemon, check that {port} is still its active port, put the old one back if not",
            $"Restarted {_service} into the new daemon; {port} is still its active port");
    }

    public async Task DoAsync(CancellationToken cancellation)
    {
        int port = await ActivePortAsync(cancellation).ConfigureAwait(false);
        UnitState? state = await StateAsync(cancellation).ConfigureAwait(false);
        bool enabled = state is { IsEnabled: true };
        if (state is not { IsActive: true })
        {
            File.Delete(instance.Unit.File);
            await machine.ReloadUnitsAsync(cancellation).ConfigureAwait(false);
            return;
        }

        try
        {
            if (instance.Unit.Instance is not null)
            {
                File.Delete(instance.Unit.File);
            }

            await machine.Systemctl.DaemonReloadAsync(cancellation).ConfigureAwait(false);
            await RestartAsync(port, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is CommandFailure or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            // Ctrl-C must not leave the port without a daemon either.
            string back = await PutBackAsync().ConfigureAwait(false);
            throw failure is OperationCanceledException
                ? new CommandFailure(ExitCode.Interrupted, "Interrupted", $"Interrupted. {back}")
                : new CommandFailure(ExitCode.Refused, "Not taken over", $"{failure.Message}\n{back}");
        }

        if (enabled)
        {
            // The socket starts with the machine too, as the service does already.
            await new InstanceUnits(machine, instance.Name).EnableAsync(enable: true, cancellation).ConfigureAwait(false);
        }
    }

    private async Task RestartAsync(int port, CancellationToken cancellation)
    {
        Readiness readiness = new(machine, instance.Instance, time);
        ProgramResult restarted = await new InstanceUnits(machine, instance.Name).RestartAsync(instance.Instance.Settings!, cancellation).ConfigureAwait(false);
        if (!restarted.Ok)
        {
            throw await readiness.FailureAsync($"systemctl: {Printable.Of(restarted.Complaint)}.", cancellation).ConfigureAwait(false);
        }

        if (await readiness.WaitAsync(cancellation).ConfigureAwait(false) is { } status && status.ActivePort != port)
        {
            throw new CommandFailure(ExitCode.Refused, "Another port", $"{instance.Name}: the new daemon's active port is {status.ActivePort}, npm portok's was {port}.");
        }
    }

    /// <returns>What became of it, in words.</returns>
    private async Task<string> PutBackAsync()
    {
        try
        {
            foreach (NpmInstance kept in (NpmInstance[])[instance, .. later])
            {
                await File.WriteAllTextAsync(Path.Combine(machine.Folders.Systemd, UnitNames.Service(kept.Name)), kept.Unit.Text, CancellationToken.None).ConfigureAwait(false);
            }

            await machine.Systemctl.TryAsync("stop", [UnitNames.Socket(instance.Name), _service], CancellationToken.None).ConfigureAwait(false);
            // npm portok opens its port itself; a socket that could not would stay in systemd's list of what has failed.
            await machine.Systemctl.TryAsync("reset-failed", [UnitNames.Socket(instance.Name)], CancellationToken.None).ConfigureAwait(false);
            await machine.Systemctl.DaemonReloadAsync(CancellationToken.None).ConfigureAwait(false);
            await machine.Systemctl.DoAsync("start", [_service], CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is CommandFailure or IOException or UnauthorizedAccessException)
        {
            return $"npm portok could not be put back for {instance.Name}: {failure.Message}";
        }

        string names = string.Join(", ", ((NpmInstance[])[instance, .. later]).Select(i => i.Name));
        return await AnswersAgainAsync().ConfigureAwait(false)
            ? $"npm portok is back for {instance.Name} and answers. Still on npm portok (by units of their own names): {names}. Mend what is said above, then 'portok init --take-over' again."
            : $"npm portok was started again for {instance.Name}, but does not answer within {BackWithin.TotalSeconds:0} s: journalctl -u {_service}";
    }

    private async Task<bool> AnswersAgainAsync()
    {
        long started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < BackWithin)
        {
            if ((await DaemonReply.AskAsync(instance.Instance, CancellationToken.None).ConfigureAwait(false)).IsReachable)
            {
                return true;
            }

            await Task.Delay(AskEvery, time).ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>What the old daemon says; else what it saved; else where it began.</summary>
    private async Task<int> ActivePortAsync(CancellationToken cancellation)
    {
        // npm portok's answer lacks keys of ours, so it is read for this one only.
        DaemonReply reply = await DaemonReply.AskAsync(instance.Instance, cancellation).ConfigureAwait(false);
        return reply.ActivePort ?? SavedStateFile.Read(instance.OldStateFile).ActivePort ?? instance.Instance.TargetPort ?? 0;
    }

    private async Task<UnitState?> StateAsync(CancellationToken cancellation)
    {
        try
        {
            return await machine.Systemctl.ShowAsync(_service, cancellation).ConfigureAwait(false);
        }
        catch (CommandFailure)
        {
            return null;
        }
    }
}

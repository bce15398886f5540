using Portok.Cli.CommandLine;
using Portok.Cli.Connection;
using Portok.Settings;

namespace Portok.Cli.Instances;

/// <summary>
/// Gives an instance a new token: the file first, then the daemon that runs; when that does not take it, the file says again
/// what it said before. At no moment do file and daemon disagree for longer than the daemon needs to read it.
/// </summary>
internal sealed class TokenRotation(Machine machine, Instance instance, TimeProvider time)
{
    private const int Unauthorized = 401;
    private const int TooManyRequests = 429;

    /// <summary>
    /// Pauses between two looks whether the daemon has read its file. On the public port a refused token counts twice against
    /// the rate limit, so there are few of them.
    /// </summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    /// <returns>True when a running daemon took it; false when none runs, and the next start will.</returns>
    /// <exception cref="CommandFailure">The file cannot be changed so, or the daemon did not take it; then the old token is in force.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        LiveDaemon daemon = new(machine, instance);
        DaemonPresence presence = await daemon.LookAsync(cancellation).ConfigureAwait(false);
        if (presence == DaemonPresence.Foreign)
        {
            throw new CommandFailure(ExitCode.Refused, "Not run by systemd", $"{instance.Name} runs, but not as a unit of systemd, so it cannot be told of a new token. Stop it first, or change ADMIN_TOKEN in {instance.File} and send it SIGHUP.");
        }

        string before = machine.Store.ReadText(instance.Name);
        string old = instance.Settings!.AdminToken;
        string fresh = AdminSecret.New();
        string text = EnvText.With(before, SettingCatalogue.AdminToken.Name, fresh)
            ?? throw new CommandFailure(ExitCode.Refused, "Not changed", $"ADMIN_TOKEN in {instance.File} is written over several lines; change it with 'portok edit {instance.Name}'.");
        int? group = await machine.Account.GroupAsync(cancellation).ConfigureAwait(false);
        machine.Store.Write(instance.Name, text, group);
        if (presence == DaemonPresence.None)
        {
            return false;
        }

        try
        {
            await daemon.ReloadAsync(cancellation).ConfigureAwait(false);
            await ProveAsync(daemon, old, fresh, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (failure is CommandFailure or OperationCanceledException)
        {
            // Not to be stopped halfway by the Ctrl-C that led here.
            await RollBackAsync(daemon, before, group).ConfigureAwait(false);
            throw failure is CommandFailure refused
                ? new CommandFailure(refused.ExitCode, "Not rotated", $"{refused.Message}\nThe old token is in {instance.File} again and in force.")
                : failure;
        }
    }

    private async Task ProveAsync(LiveDaemon daemon, string old, string fresh, CancellationToken cancellation)
    {
        AdminAnswer? answer = null;
        foreach (TimeSpan pause in Pauses)
        {
            await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
            answer = await AskPatientlyAsync(daemon, fresh, cancellation).ConfigureAwait(false);
            if (answer is { IsSuccess: true })
            {
                AdminAnswer? withOld = await AskPatientlyAsync(daemon, old, cancellation).ConfigureAwait(false);
                if (withOld is not { Status: Unauthorized })
                {
                    throw new CommandFailure(ExitCode.Refused, "Not rotated", $"The daemon takes the new token, but the old one was not refused ({Words(withOld)}).");
                }

                return;
            }
        }

        throw new CommandFailure(ExitCode.Refused, "Not rotated", $"The daemon did not take the new token ({Words(answer)}).");
    }

    /// <summary>A rate limit says nothing about the token: its time is waited for, once.</summary>
    private async Task<AdminAnswer?> AskPatientlyAsync(LiveDaemon daemon, string token, CancellationToken cancellation)
    {
        AdminAnswer? answer = await daemon.AskAsync(token, cancellation).ConfigureAwait(false);
        if (answer is not { Status: TooManyRequests, RetryAfter: { } wait })
        {
            return answer;
        }

        await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
        return await daemon.AskAsync(token, cancellation).ConfigureAwait(false);
    }

    private async Task RollBackAsync(LiveDaemon daemon, string text, int? group)
    {
        machine.Store.Write(instance.Name, text, group);
        try
        {
            await daemon.ReloadAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (CommandFailure)
        {
            // It cannot be told, so it still has the old one.
        }
    }

    private static string Words(AdminAnswer? answer) => answer is null ? "no answer" : $"HTTP {answer.Status}";
}

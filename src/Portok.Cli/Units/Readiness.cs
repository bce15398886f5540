using Portok.Admin.Contract;
using Portok.Cli.CommandLine;
using Portok.Cli.Connection;
using Portok.Cli.Instances;
using Portok.Cli.Processes;

namespace Portok.Cli.Units;

/// <summary>Whether an instance is really up: its unit is active and its daemon answers.</summary>
internal sealed class Readiness(Machine machine, Instance instance, TimeProvider time)
{
    private const int JournalLines = 12;
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(200);

    private readonly DateTimeOffset _since = time.GetUtcNow();

    /// <summary>Waits until it is up.</summary>
    /// <returns>Its status; null when it answers, but not with that (another token, a rate limit).</returns>
    /// <exception cref="CommandFailure">Its unit has failed, or the time is over; the message has the journal's last lines.</exception>
    public async Task<StatusAnswer?> WaitAsync(CancellationToken cancellation)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            UnitState service = await machine.Systemctl.ShowAsync(UnitNames.Service(instance.Name), cancellation).ConfigureAwait(false);
            if (service.IsActive && await AskAsync(cancellation).ConfigureAwait(false) is { } answer)
            {
                return answer.IsSuccess ? answer.Read(AdminJson.Default.StatusAnswer) : null;
            }

            if (service.ActiveState is "failed" or "inactive" || time.GetElapsedTime(started) > ReadyWithin)
            {
                string state = service.IsActive ? $"is active, but its daemon does not answer at {Endpoint.Described}" : $"is {service.ActiveState} ({service.SubState})";
                throw await FailureAsync($"{service.Id} {state}.", cancellation).ConfigureAwait(false);
            }

            await Task.Delay(AskEvery, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A failure with what the journal says of it since this object was made.</summary>
    public async Task<CommandFailure> FailureAsync(string message, CancellationToken cancellation)
    {
        List<string> lines = [$"{instance.Name} did not start: {message}"];
        if (instance.ListenPort is { } port && PortChoice.IsListenedOn(port) && !await SocketIsOursAsync(cancellation).ConfigureAwait(false))
        {
            lines.Add($"Something listens on port {port} already: ss -ltnp 'sport = :{port}' names it.");
        }

        IReadOnlyList<string> journal = await JournalAsync(cancellation).ConfigureAwait(false);
        if (journal.Count > 0)
        {
            lines.Add("The journal:");
            lines.AddRange(journal.Select(line => "  " + Printable.Of(line)));
        }

        lines.Add($"More: portok logs {instance.Name}, portok config {instance.Name}");
        return new CommandFailure(ExitCode.Refused, "Not started", string.Join('\n', lines));
    }

    private AdminEndpoint Endpoint => InstanceEndpoint.Of(instance);

    private async Task<AdminAnswer?> AskAsync(CancellationToken cancellation)
    {
        using AdminClient client = new(Endpoint, AskWithin);
        try
        {
            return await client.GetAsync(AdminPaths.Status, cancellation).ConfigureAwait(false);
        }
        catch (CommandFailure failure) when (failure.ExitCode == ExitCode.OutOfReach)
        {
            return null;
        }
    }

    private async Task<bool> SocketIsOursAsync(CancellationToken cancellation)
    {
        IReadOnlyList<UnitState> units = await machine.Systemctl.ShowAsync([UnitNames.Socket(instance.Name), UnitNames.Service(instance.Name)], cancellation).ConfigureAwait(false);
        return units.Any(u => u.IsActive);
    }

    private async Task<IReadOnlyList<string>> JournalAsync(CancellationToken cancellation)
    {
        try
        {
            string[] arguments =
            [
                "--no-pager", "--quiet", "--output=json", $"--lines={JournalLines}", $"--since=@{_since.ToUnixTimeSeconds()}",
                $"--unit={UnitNames.Service(instance.Name)}", $"--unit={UnitNames.Socket(instance.Name)}",
            ];
            ProgramResult read = await machine.Programs.RunAsync("journalctl", arguments, cancellation).ConfigureAwait(false);
            return [.. read.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Journal.JournalEntry.Parse).OfType<Journal.JournalEntry>().Select(e => e.Message)];
        }
        catch (CommandFailure)
        {
            return [];
        }
    }
}

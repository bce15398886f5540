using Portok.Cli.CommandLine;
using Portok.Cli.Processes;

namespace Portok.Cli.Units;

/// <summary>Speaks to systemd through systemctl.</summary>
internal sealed class Systemctl(ProgramRunner programs)
{
    private const string Program = "systemctl";

    /// <summary>Whether the program is there; whether systemd runs only an answer tells.</summary>
    public bool IsInstalled => programs.Find(Program) is not null;

    /// <summary>The states of units, in the order they were asked for.</summary>
    /// <exception cref="CommandFailure">There is no systemctl, or no systemd behind it.</exception>
    public async Task<IReadOnlyList<UnitState>> ShowAsync(IReadOnlyList<string> units, CancellationToken cancellation)
    {
        ProgramResult shown = await CallAsync(["show", "--no-pager", "--property=" + string.Join(',', UnitState.Asked), "--", .. units], cancellation).ConfigureAwait(false);
        IReadOnlyList<UnitState> states = UnitState.ParseAll(shown.Out);
        return shown.Ok && states.Count == units.Count
            ? states
            : throw new CommandFailure(ExitCode.Refused, "systemctl failed", $"systemctl show: {Printable.Of(shown.Complaint)}");
    }

    /// <summary>The state of one unit.</summary>
    /// <exception cref="CommandFailure">There is no systemctl, or no systemd behind it.</exception>
    public async Task<UnitState> ShowAsync(string unit, CancellationToken cancellation) => (await ShowAsync([unit], cancellation).ConfigureAwait(false))[0];

    /// <summary>Runs a verb that is expected to be done.</summary>
    /// <exception cref="CommandFailure">It was not; the message says what systemctl said.</exception>
    public async Task DoAsync(string verb, IReadOnlyList<string> units, CancellationToken cancellation)
    {
        ProgramResult done = await TryAsync(verb, units, cancellation).ConfigureAwait(false);
        if (!done.Ok)
        {
            throw new CommandFailure(ExitCode.Refused, "systemctl failed", $"systemctl {string.Join(' ', [verb, .. units])}: {Printable.Of(done.Complaint)}");
        }
    }

    /// <summary>Runs a verb; whether it was done is the caller's to judge.</summary>
    /// <exception cref="CommandFailure">There is no systemctl, no systemd behind it, or this user may not ask for it.</exception>
    public Task<ProgramResult> TryAsync(string verb, IReadOnlyList<string> units, CancellationToken cancellation) =>
        CallAsync(units.Count == 0 ? [verb] : [verb, "--", .. units], cancellation);

    /// <summary>Has systemd read the unit files again.</summary>
    public Task DaemonReloadAsync(CancellationToken cancellation) => DoAsync("daemon-reload", [], cancellation);

    /// <summary>True when the answer says that systemd does not run this machine (a container without it, say).</summary>
    private static bool SaysNoSystemd(ProgramResult result) =>
        result.Error.Contains("not been booted with systemd", StringComparison.Ordinal) || result.Error.Contains("Failed to connect to bus", StringComparison.Ordinal);

    private static bool SaysNotAllowed(ProgramResult result) =>
        result.Error.Contains("authentication required", StringComparison.OrdinalIgnoreCase)
            || result.Error.Contains("Access denied", StringComparison.OrdinalIgnoreCase)
            || result.Error.Contains("Permission denied", StringComparison.OrdinalIgnoreCase);

    private async Task<ProgramResult> CallAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        if (!IsInstalled)
        {
            throw new CommandFailure(ExitCode.Refused, "No systemd", "There is no systemctl on this machine. Without systemd start portokd yourself: portokd --env-file FILE");
        }

        // Asking for a password belongs to the person's own sudo, not into the middle of a command.
        ProgramResult result = await programs.RunAsync(Program, ["--no-ask-password", .. arguments], cancellation).ConfigureAwait(false);
        if (!result.Ok && SaysNoSystemd(result))
        {
            throw new CommandFailure(ExitCode.Refused, "No systemd", "systemd does not run this machine (or container). Without it start portokd yourself: portokd --env-file FILE");
        }

        return !result.Ok && SaysNotAllowed(result)
            ? throw new CommandFailure(ExitCode.NotAllowed, "Not allowed", $"systemctl {arguments[0]}: this user may not do that. Run it with sudo.")
            : result;
    }
}

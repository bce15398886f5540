using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Cli.Setup;
using Spectre.Console;

namespace Portok.Cli.Migration;

/// <summary>
/// Taking over from npm portok, as steps of init: same files, ports and tokens, state kept, the old unit kept aside; then the
/// running services one by one. Without a yes nothing is done at all, for the units of both have the same name.
/// </summary>
internal sealed class TakeOver
{
    private TakeOver(Machine machine, NpmInstallation old, TimeProvider time)
    {
        Before =
        [
            .. old.Units.Select(unit => new KeepAsideStep(unit)),
            .. old.Instances.Select(instance => new KeepStateStep(instance)),
            .. old.Instances.Select(instance => new HandOverStep(machine, instance)),
        ];
        After = [.. old.Instances.Select((instance, at) => new MoveServiceStep(machine, instance, [.. old.Instances.Skip(at + 1)], time))];
    }

    /// <summary>Steps between the folders and the units.</summary>
    public IReadOnlyList<ISetupStep> Before { get; }

    /// <summary>Steps after the new units are in place.</summary>
    public IReadOnlyList<ISetupStep> After { get; }

    /// <summary>Finds npm portok and, unless this is a dry run, makes sure that it is meant to be taken over.</summary>
    /// <param name="execPath">The portokd the new unit is to run.</param>
    /// <param name="asked">--take-over.</param>
    /// <returns>Null: it is not installed here.</returns>
    /// <exception cref="CommandFailure">It cannot be taken over as it is, or the answer is no; nothing was changed.</exception>
    public static async Task<TakeOver?> OfferAsync(Invocation run, string execPath, bool dryRun, bool asked, CancellationToken cancellation)
    {
        Machine machine = run.Machine;
        if (NpmInstallation.Find(machine) is not { } old)
        {
            return null;
        }

        if (NpmUnit.IsNodeScript(execPath))
        {
            throw new CommandFailure(ExitCode.Refused, "npm portok's program", $"{execPath} is npm portok's portokd. --exec-path PATH names the new one.");
        }

        string[] problems = [.. Problems(old, machine)];
        if (problems.Length > 0)
        {
            throw new CommandFailure(ExitCode.Refused, "Cannot be taken over", string.Join('\n', ["npm portok is installed here and cannot be taken over as it is:", .. problems.Select(p => "  " + p), "Nothing was changed. Mend this first; npm portok runs on meanwhile."]));
        }

        TakeOver takeOver = new(machine, old, run.Host.Time);
        if (!dryRun && !asked)
        {
            await AskAsync(run, old, takeOver, cancellation).ConfigureAwait(false);
        }

        return takeOver;
    }

    /// <summary>What the new daemon would not start with, one line each.</summary>
    private static IEnumerable<string> Problems(NpmInstallation old, Machine machine)
    {
        foreach (NpmInstance instance in old.Instances)
        {
            foreach (string fault in instance.Instance.Faults)
            {
                yield return $"{instance.Instance.File}: {fault}";
            }

            foreach (string closed in ClosedPaths.Of(instance, machine))
            {
                yield return closed;
            }
        }

        foreach (NpmUnit unit in old.Units.Where(u => u.User is not (null or "root" or ServiceAccount.Name)))
        {
            yield return $"{unit.File} runs as the user '{unit.User}'; the new daemons run as '{ServiceAccount.Name}' and could not go back to that. Set User={ServiceAccount.Name} there first.";
        }
    }

    private static async Task AskAsync(Invocation run, NpmInstallation old, TakeOver takeOver, CancellationToken cancellation)
    {
        if (run.Json || !run.Host.InIsTerminal)
        {
            throw new CommandFailure(ExitCode.Refused, "npm portok is installed", $"npm portok is installed here ({string.Join(", ", old.Units.Select(u => u.File))}). Nothing was changed. 'portok init --dry-run' shows what would be done, 'portok init --take-over' does it.");
        }

        run.Screen.Line("[bold]npm portok is installed here.[/] To take it over:");
        foreach (ISetupStep step in (ISetupStep[])[.. takeOver.Before, .. takeOver.After])
        {
            StepFinding finding = await step.LookAsync(cancellation).ConfigureAwait(false);
            run.Screen.Line($"{(finding.Needed ? "[yellow]→[/]" : "[grey]·[/]")} {Markup.Escape(finding.Words)}");
        }

        string answer = await Confirmation.AskAsync(run.Host, "Take it over? [y/N] ", cancellation).ConfigureAwait(false);
        if (!answer.Equals("y", StringComparison.OrdinalIgnoreCase) && !answer.Equals("yes", StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandFailure(ExitCode.Refused, "Not taken over", "Nothing was changed.");
        }
    }
}

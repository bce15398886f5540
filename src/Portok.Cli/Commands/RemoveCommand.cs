using System.CommandLine;
using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Cli.Rendering;
using Portok.Cli.Units;
using Spectre.Console;

namespace Portok.Cli.Commands;

/// <summary><c>portok remove</c>: stops an instance and deletes what it left on the disk.</summary>
internal static class RemoveCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string> name = InstanceArgument.Required();
        Option<bool> force = new("--force") { Arity = ArgumentArity.Zero, Description = "Do not ask" };
        Option<bool> keepState = new("--keep-state") { Arity = ArgumentArity.Zero, Description = "Leave the saved state: a new instance of that name goes on with its active port" };
        ManagementVerb command = new("remove", "Stop an instance and delete its files", options) { name, force, keepState };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            Machine machine = run.Machine;
            string typed = parsed.GetValue(name)!;
            Instance instance = machine.Store.Load(typed);
            IReadOnlyList<string> files = InstanceFiles.Of(instance, machine, parsed.GetValue(keepState));
            bool forced = parsed.GetValue(force);
            if (!run.Json && !forced)
            {
                RemovalView.Announce(run.Screen, [$"stop and disable portok@{typed}"], files);
            }

            await Confirmation.RequireAsync(run, forced, command.Name, $"Remove {typed}?", cancellation).ConfigureAwait(false);
            RemovalDocument removed = await Waiting.ShowAsync(RemoveAsync(machine, instance, parsed.GetValue(keepState), cancellation), $"{typed} is being stopped", run).ConfigureAwait(false);
            if (run.Json)
            {
                run.WriteJson(removed, CliJson.Readable.RemovalDocument);
            }
            else
            {
                RemovalView.Write(run.Screen, $"Removed [bold]{Markup.Escape(typed)}[/]", removed);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Stops first: what a daemon that still runs would write anew must not be deleted under it.</summary>
    /// <exception cref="CommandFailure">It would not stop, or a file cannot be deleted.</exception>
    public static async Task<RemovalDocument> RemoveAsync(Machine machine, Instance instance, bool keepState, CancellationToken cancellation)
    {
        List<string> notes = [];
        if (await new InstanceUnits(machine, instance.Name).RetireAsync(cancellation).ConfigureAwait(false) is { } problem)
        {
            notes.Add($"No unit was stopped. {problem}");
        }

        IReadOnlyList<string> files = InstanceFiles.Of(instance, machine, keepState);
        // The env file last: as long as it is there, the command can be given again after a failure.
        InstanceFiles.Delete(files.Where(f => !string.Equals(f, instance.File, StringComparison.Ordinal)));
        machine.SocketDropIn.Delete(instance.Name);
        InstanceFiles.Delete([instance.File]);
        if (notes.Count == 0 && await machine.ReloadUnitsAsync(cancellation).ConfigureAwait(false) is { } untold)
        {
            notes.Add(untold);
        }

        IReadOnlyList<string> kept = keepState ? InstanceFiles.OfState(instance.StateFile(machine.Folders)) : [];
        return new RemovalDocument([instance.Name], files, kept, notes);
    }
}

/// <summary>What <c>remove --json</c> and <c>clean --json</c> print.</summary>
/// <param name="Deleted">Files and folders that are gone.</param>
/// <param name="Kept">What was left, on purpose or because others' files are there.</param>
internal sealed record RemovalDocument(IReadOnlyList<string> Instances, IReadOnlyList<string> Deleted, IReadOnlyList<string> Kept, IReadOnlyList<string> Notes);

using System.CommandLine;
using Portok.Cli.CommandLine;
using Portok.Cli.Files;
using Portok.Cli.Instances;
using Portok.Cli.Processes;
using Portok.Cli.Rendering;
using Portok.Cli.Units;

namespace Portok.Cli.Commands;

/// <summary><c>portok clean</c>: takes everything away that init and add made.</summary>
internal static class CleanCommand
{
    private const string Runtime = "/run/portok";

    public static Command Create(SharedOptions options, CliHost host)
    {
        Option<bool> force = new("--force") { Arity = ArgumentArity.Zero, Description = "Do not ask" };
        ManagementVerb command = new("clean", "Remove all instances, units, folders and the user portok", options) { force };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            Machine machine = run.Machine;
            if (!machine.Folders.IsMoved && !Environment.IsPrivilegedProcess)
            {
                throw new CommandFailure(ExitCode.NotAllowed, "Not allowed", "clean deletes a user, folders and units: run it with sudo.");
            }

            IReadOnlyList<Instance> instances = machine.Store.LoadAll();
            bool forced = parsed.GetValue(force);
            if (!run.Json && !forced)
            {
                List<string> actions = [.. instances.Select(i => $"stop, disable and remove the instance {i.Name}")];
                if (!machine.Folders.IsMoved)
                {
                    actions.Add("delete the user and group portok");
                }

                RemovalView.Announce(run.Screen, actions, [.. instances.SelectMany(i => InstanceFiles.Of(i, machine, keepState: false)).Concat(Rest(machine)).Distinct(StringComparer.Ordinal)]);
            }

            await Confirmation.RequireAsync(run, forced, command.Name, "Delete all of it?", cancellation).ConfigureAwait(false);
            RemovalDocument removed = await Waiting.ShowAsync(CleanAsync(machine, instances, cancellation), "Everything is being stopped and deleted", run).ConfigureAwait(false);
            if (run.Json)
            {
                run.WriteJson(removed, CliJson.Readable.RemovalDocument);
            }
            else
            {
                RemovalView.Write(run.Screen, $"Clean: {Wording.Count(removed.Instances.Count, "instance")} removed", removed);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>What there is besides the instances' own: units, states that removed instances left.</summary>
    private static IEnumerable<string> Rest(Machine machine) =>
        UnitFile.All.Select(unit => Path.Combine(machine.Folders.Systemd, unit)).Where(File.Exists).Concat(InstanceFiles.OfAllStates(machine.Folders));

    private static async Task<RemovalDocument> CleanAsync(Machine machine, IReadOnlyList<Instance> instances, CancellationToken cancellation)
    {
        List<string> deleted = [], kept = [];
        HashSet<string> notes = new(StringComparer.Ordinal);
        foreach (Instance instance in instances)
        {
            RemovalDocument removed = await RemoveCommand.RemoveAsync(machine, instance, keepState: false, cancellation).ConfigureAwait(false);
            deleted.AddRange(removed.Deleted);
            notes.UnionWith(removed.Notes);
        }

        string[] rest = [.. Rest(machine)];
        InstanceFiles.Delete(rest);
        deleted.AddRange(rest);
        foreach (string folder in machine.Folders.IsMoved ? [machine.Folders.Config, machine.Folders.State] : (string[])[machine.Folders.Config, machine.Folders.State, Runtime])
        {
            DeleteFolder(folder, deleted, kept);
        }

        if (await machine.ReloadUnitsAsync(cancellation).ConfigureAwait(false) is { } untold && notes.Count == 0)
        {
            notes.Add(untold);
        }

        if (!machine.Folders.IsMoved)
        {
            await DeleteAccountAsync(machine, notes, cancellation).ConfigureAwait(false);
            kept.AddRange(UnitFile.All.Select(machine.Units.FileOf).OfType<string>().Select(file => $"{file} (the package's)"));
        }

        return new RemovalDocument([.. instances.Select(i => i.Name)], deleted, kept, [.. notes]);
    }

    /// <summary>Only an empty one: what others put there is not portok's to delete.</summary>
    private static void DeleteFolder(string folder, List<string> deleted, List<string> kept)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        string[] others = Directory.GetFileSystemEntries(folder);
        if (others.Length > 0)
        {
            kept.AddRange(others.Order(StringComparer.Ordinal));
            return;
        }

        try
        {
            Directory.Delete(folder);
            deleted.Add(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw WholeFile.Refused(folder, failure);
        }
    }

    private static async Task DeleteAccountAsync(Machine machine, HashSet<string> notes, CancellationToken cancellation)
    {
        // On most systems userdel takes the group of the same name along.
        foreach ((string database, string program) in ((string, string)[])[("passwd", "userdel"), ("group", "groupdel")])
        {
            if (await machine.Account.IdAsync(database, cancellation).ConfigureAwait(false) is null)
            {
                continue;
            }

            ProgramResult result = await machine.Programs.RunAsync(program, [ServiceAccount.Name], cancellation).ConfigureAwait(false);
            if (!result.Ok)
            {
                notes.Add($"{program}: {Printable.Of(result.Complaint)}");
            }
        }
    }
}

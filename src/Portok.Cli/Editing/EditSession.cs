using Portok.Cli.CommandLine;
using Portok.Cli.Commands;
using Portok.Cli.Files;
using Portok.Cli.Instances;
using Portok.Cli.Rendering;
using Portok.Settings;
using Spectre.Console;

namespace Portok.Cli.Editing;

/// <summary>One edit of an instance's file: on a copy, until the daemon would accept it or the person gives up.</summary>
internal sealed class EditSession(Invocation run, string name)
{
    private readonly Machine _machine = run.Machine;

    /// <exception cref="CommandFailure">The editor failed, or the file is at fault and was dropped; the old file is untouched.</exception>
    public async Task<EditDocument> RunAsync(CancellationToken cancellation)
    {
        Instance before = _machine.Store.Load(name);
        string text = _machine.Store.ReadText(name);
        string copy = WholeFile.TemporaryBeside(before.File);
        try
        {
            WholeFile.Write(copy, text, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            while (true)
            {
                await EditAsync(copy, cancellation).ConfigureAwait(false);
                string edited = await File.ReadAllTextAsync(copy, cancellation).ConfigureAwait(false);
                if (string.Equals(edited, text, StringComparison.Ordinal))
                {
                    return new EditDocument(name, before.File, false, false, false, [], [], []);
                }

                Instance after = Instance.Parse(name, before.File, edited);
                if (after.Settings is not null)
                {
                    return await SaveAsync(before, after, text, edited, cancellation).ConfigureAwait(false);
                }

                await OfferAgainAsync(after, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            if (File.Exists(copy))
            {
                File.Delete(copy);
            }
        }
    }

    private async Task EditAsync(string copy, CancellationToken cancellation)
    {
        // As git and crontab do it: the variable may hold options, and a shell takes it apart.
        string editor = run.Host.Variable("VISUAL") ?? run.Host.Variable("EDITOR")
            ?? ((string[])["editor", "nano", "vi"]).FirstOrDefault(e => _machine.Programs.Find(e) is not null)
            ?? throw new CommandFailure(ExitCode.Refused, "No editor", "There is no editor: set VISUAL or EDITOR.");
        int code = await _machine.Programs.RunOnTerminalAsync("sh", ["-c", editor + " \"$1\"", "sh", copy], cancellation).ConfigureAwait(false);
        if (code != 0)
        {
            throw new CommandFailure(ExitCode.Refused, "Editor failed", $"The editor ({Printable.Of(editor)}) ended with exit code {code}; nothing was changed.");
        }
    }

    private async Task OfferAgainAsync(Instance faulty, CancellationToken cancellation)
    {
        string faults = string.Join('\n', faulty.Faults.Select(f => "  " + f));
        if (run.Json || !run.Host.InIsTerminal)
        {
            throw new CommandFailure(ExitCode.Refused, "Faulty settings", $"What was edited is at fault and was not saved:\n{faults}");
        }

        Screen screen = Screen.Error(run.Host);
        screen.Line("[red]✗[/] portokd would not start with this:");
        foreach (string fault in faulty.Faults)
        {
            screen.Line($"    {Markup.Escape(Printable.Line(fault))}");
        }

        while (true)
        {
            switch ((await Confirmation.AskAsync(run.Host, "Edit again or drop the changes? [E/d] ", cancellation).ConfigureAwait(false)).ToLowerInvariant())
            {
                case "d" or "drop":
                    throw new CommandFailure(ExitCode.Refused, "Dropped", $"The changes were dropped; {faulty.File} is as it was.");
                case "" or "e" or "edit":
                    return;
            }
        }
    }

    private async Task<EditDocument> SaveAsync(Instance before, Instance after, string text, string edited, CancellationToken cancellation)
    {
        if (!string.Equals(_machine.Store.ReadText(name), text, StringComparison.Ordinal))
        {
            throw new CommandFailure(ExitCode.Refused, "Changed meanwhile", $"{before.File} was changed by somebody else meanwhile; nothing was saved.");
        }

        int? group = await _machine.Account.GroupAsync(cancellation).ConfigureAwait(false);
        DaemonPresence presence = await new LiveDaemon(_machine, before).LookAsync(cancellation).ConfigureAwait(false);
        _machine.Store.Write(name, edited, group);
        List<string> notes = [.. after.Warnings];
        notes.AddRange(_machine.Store.LoadAll()
            .Where(other => !string.Equals(other.Name, name, StringComparison.Ordinal) && other.ListenPort == after.ListenPort)
            .Select(other => $"The instance '{other.Name}' has the port {after.ListenPort} too; only one of them can run."));

        // A file that was at fault before has nothing to compare with: the daemon, if one runs, has other settings anyway.
        SettingsReload? changes = before.Settings is { } old ? SettingsReload.Compare(old, after.Settings!) : null;
        bool reloaded = presence == DaemonPresence.Managed && changes is not { Followed.Count: 0 } && await ReloadAsync(after, notes, cancellation).ConfigureAwait(false);
        if (presence == DaemonPresence.Foreign)
        {
            notes.Add("The daemon that runs is not a unit of systemd: send it SIGHUP, or restart it yourself.");
        }

        return new EditDocument(name, after.File, true, presence != DaemonPresence.None, reloaded, changes?.Followed ?? [], changes?.AfterRestart ?? [], notes);
    }

    private async Task<bool> ReloadAsync(Instance after, List<string> notes, CancellationToken cancellation)
    {
        try
        {
            await new LiveDaemon(_machine, after).ReloadAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (CommandFailure failure)
        {
            notes.Add($"The daemon was not told: {failure.Message}");
            return false;
        }
    }
}

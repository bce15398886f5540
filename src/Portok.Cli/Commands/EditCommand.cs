using System.CommandLine;
using Portok.Cli.CommandLine;
using Portok.Cli.Editing;
using Portok.Cli.Rendering;
using Portok.Settings;
using Spectre.Console;

namespace Portok.Cli.Commands;

/// <summary><c>portok edit</c>: changes an instance's file with an editor; only what the daemon would accept is saved.</summary>
internal static class EditCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string> name = InstanceArgument.Required();
        ManagementVerb command = new("edit", "Change an instance's file with $VISUAL or $EDITOR; checked before it is saved", options) { name };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            EditDocument edited = await new EditSession(run, parsed.GetValue(name)!).RunAsync(cancellation).ConfigureAwait(false);
            if (run.Json)
            {
                run.WriteJson(edited, CliJson.Readable.EditDocument);
            }
            else
            {
                Write(run.Screen, edited);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Screen screen, EditDocument edited)
    {
        if (!edited.Saved)
        {
            screen.Line($"Nothing was changed in {Markup.Escape(edited.File)}");
            return;
        }

        screen.Line($"[green]✓[/] Saved {Markup.Escape(edited.File)}");
        foreach (SettingDifference change in edited.Live)
        {
            screen.Line($"  {Difference(change)}{(edited.Reloaded ? "  [green]in force[/]" : "")}");
        }

        foreach (SettingDifference change in edited.AfterRestart)
        {
            screen.Line($"  {Difference(change)}{(edited.Running ? "  [yellow]after a restart[/]" : "")}");
        }

        if (edited is { Running: true, AfterRestart.Count: > 0 })
        {
            screen.Line($"[yellow]![/] portok restart {Markup.Escape(edited.Instance)}");
        }

        Notes.Write(screen, edited.Notes);
    }

    private static string Difference(SettingDifference change) => Markup.Escape($"{change.Name}: {change.From} → {change.To}");
}

/// <summary>What <c>edit --json</c> prints.</summary>
/// <param name="Running">A daemon of the instance runs.</param>
/// <param name="Reloaded">It was told to read its file again.</param>
/// <param name="Live">Changes that are followed while it runs.</param>
internal sealed record EditDocument(
    string Instance, string File, bool Saved, bool Running, bool Reloaded, IReadOnlyList<SettingDifference> Live, IReadOnlyList<SettingDifference> AfterRestart, IReadOnlyList<string> Notes);

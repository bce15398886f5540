using Portok.Cli.CommandLine;
using Portok.Cli.Commands;
using Spectre.Console;

namespace Portok.Cli.Rendering;

/// <summary>What is to be deleted, and what was, for people.</summary>
internal static class RemovalView
{
    public static void Announce(Screen screen, IReadOnlyList<string> actions, IReadOnlyList<string> files)
    {
        screen.Line("This will");
        foreach (string action in actions)
        {
            screen.LongLine($"  [red]-[/] {Markup.Escape(Printable.Of(action))}");
        }

        foreach (string file in files)
        {
            screen.LongLine($"  [red]-[/] delete {Markup.Escape(Printable.Of(file))}");
        }
    }

    /// <param name="headline">Spectre markup.</param>
    public static void Write(Screen screen, string headline, RemovalDocument removed)
    {
        screen.Line($"[green]✓[/] {headline}");
        foreach (string file in removed.Deleted)
        {
            screen.LongLine($"  deleted {Markup.Escape(Printable.Of(file))}");
        }

        foreach (string file in removed.Kept)
        {
            screen.LongLine($"  [yellow]kept[/]    {Markup.Escape(Printable.Of(file))}");
        }

        Notes.Write(screen, removed.Notes);
    }
}

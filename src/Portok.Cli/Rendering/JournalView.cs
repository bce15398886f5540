using Portok.Cli.CommandLine;
using Portok.Cli.Journal;
using Spectre.Console;

namespace Portok.Cli.Rendering;

/// <summary>One entry of the journal on one line.</summary>
internal static class JournalView
{
    public static void Write(Screen screen, JournalEntry entry, TimeZoneInfo zone)
    {
        string level = entry.Level switch
        {
            "error" or "critical" => "[red]error[/]",
            "warn" => "[yellow]warn [/]",
            _ => $"[grey]{Markup.Escape(entry.Level.PadRight(5))}[/]",
        };
        // Only systemd's own lines need to say whose they are.
        string source = string.Equals(entry.Source, "portokd", StringComparison.Ordinal) ? "" : $"[grey]{Markup.Escape(Printable.Of(entry.Source))}:[/] ";
        foreach (string line in entry.Message.Split('\n'))
        {
            screen.LongLine($"[grey]{Wording.Local(entry.At, zone)}[/] {level} {source}{Markup.Escape(Printable.Line(line))}");
        }
    }
}

using Portok.Cli.CommandLine;
using Portok.Cli.Commands;
using Spectre.Console;

namespace Portok.Cli.Rendering;

/// <summary>What init did and what it left as it was, for people.</summary>
internal static class InitView
{
    /// <param name="hasInstances">There are some already, taken over or made before.</param>
    public static void Write(Screen screen, InitDocument done, bool hasInstances)
    {
        foreach (InitStepDocument step in done.Steps)
        {
            string mark = step.Outcome switch
            {
                InitStepDocument.Did => "[green]✓[/]",
                InitStepDocument.Would => "[yellow]→[/]",
                _ => "[grey]·[/]",
            };
            screen.Line($"{mark} {Markup.Escape(step.Detail)}");
            DifferenceView.Write(screen, step.Difference ?? []);
        }

        Notes.Write(screen, done.Notes);
        screen.Line();
        bool nothing = done.Steps.All(s => string.Equals(s.Outcome, InitStepDocument.There, StringComparison.Ordinal));
        screen.Line(done.DryRun
            ? nothing ? "Nothing would be done." : "Nothing was done; these are the things that would be."
            : $"{(nothing ? "Everything was there." : "Ready.")} portokd: {Markup.Escape(done.ExecPath)}. Next: {(hasInstances ? "portok doctor" : "portok add NAME")}");
    }
}

/// <summary>Changed lines of a file, for people.</summary>
internal static class DifferenceView
{
    public static void Write(Screen screen, IReadOnlyList<string> difference)
    {
        foreach (string line in difference)
        {
            string colour = line[0] switch
            {
                '+' => "green",
                '-' => "red",
                _ => "grey",
            };
            screen.LongLine($"    [{colour}]{Markup.Escape(Printable.Of(line))}[/]");
        }
    }
}

/// <summary>What else is worth knowing, for people.</summary>
internal static class Notes
{
    public static void Write(Screen screen, IReadOnlyList<string> notes)
    {
        foreach (string note in notes)
        {
            screen.Line($"[yellow]![/] {Markup.Escape(note)}");
        }
    }
}

using Portok.Cli.CommandLine;
using Portok.Cli.Commands;
using Spectre.Console;

namespace Portok.Cli.Rendering;

/// <summary>An instance's settings for people: what the file says in bold, faults under the line they are about.</summary>
internal static class ConfigView
{
    public static void Write(Screen screen, ConfigDocument config)
    {
        screen.LongLine($"[bold]{Markup.Escape(config.Instance)}[/]  {Markup.Escape(config.File)}");
        screen.Line();
        Grid grid = new Grid()
            .AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2))
            .AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2))
            .AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        foreach (SettingDocument setting in config.Settings)
        {
            bool fromFile = string.Equals(setting.Source, SettingDocument.FromFile, StringComparison.Ordinal);
            string value = Markup.Escape(Printable.Of(setting.Value ?? "not set"));
            grid.AddRow(
                new Markup(setting.Name),
                new Markup(fromFile ? setting.Source : $"[grey]{setting.Source}[/]"),
                new Markup(setting.Fault is not null ? $"[red]{value}[/]" : fromFile ? $"[bold]{value}[/]" : $"[grey]{value}[/]"));
        }

        screen.Write(grid);
        if (config.Others.Count > 0)
        {
            screen.Line();
            screen.Line($"Other variables in the file: {Markup.Escape(string.Join(", ", config.Others.Select(Printable.Of)))}");
        }

        if (config.Faults.Count + config.Warnings.Count > 0)
        {
            screen.Line();
        }

        foreach (string fault in config.Faults)
        {
            screen.Line($"[red]✗[/] {Markup.Escape(Printable.Line(fault))}");
        }

        Notes.Write(screen, config.Warnings);
    }
}

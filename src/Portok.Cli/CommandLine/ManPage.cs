using System.CommandLine;
using System.Globalization;
using Portok.Settings.Manual;

namespace Portok.Cli.CommandLine;

/// <summary>The manual page portok(1), from the same definitions as --help. <c>portok man</c> prints it, for the package.</summary>
internal static class ManPage
{
    /// <summary>The hidden verb.</summary>
    public static Command Create(RootCommand root, SharedOptions shared, CliHost host)
    {
        Command command = new("man", "Print the manual page portok(1)") { Hidden = true };
        command.SetAction(_ =>
        {
            host.Out.Write(Text(root, shared));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The page.</summary>
    public static string Text(RootCommand root, SharedOptions shared)
    {
        RoffPage page = new("portok", 1, ProductVersion.Text, "switch traffic from one version of an app to the next");
        page.Section("SYNOPSIS").Paragraph(HelpText.Usage(root, root))
            .Section("DESCRIPTION").Paragraph(root.Description ?? "")
            .Paragraph("portok speaks to portokd(8), the daemon that relays, and manages its instances. Every command has its own --help.")
            .Section("COMMANDS");
        foreach (Command command in root.Subcommands.Where(c => !c.Hidden))
        {
            Describe(page, command, root, shared);
        }

        page.Section("OPTIONS");
        Items(page, HelpText.Options(root, root, shared));
        page.Section("ENVIRONMENT");
        foreach ((string name, string text) in HelpText.Variables)
        {
            page.Item(name, text);
        }

        page.Section("EXIT STATUS");
        foreach (var (code, meaning) in ExitCode.All)
        {
            page.Item(code.ToString(CultureInfo.InvariantCulture), meaning);
        }

        return page.Section("FILES")
            .Item("/etc/portok/NAME.env", "settings of the instance NAME: portok.env(5)")
            .Item("/var/lib/portok/NAME.json", "its saved state")
            .SeeAlso(("portokd", 8), ("portok.env", 5), ("systemctl", 1))
            .ToString();
    }

    private static void Describe(RoffPage page, Command command, RootCommand root, SharedOptions shared)
    {
        page.Subsection(HelpText.Usage(command, root)).Paragraph(command.Description ?? "");
        foreach (Argument argument in command.Arguments)
        {
            page.Item($"<{argument.Name}>", argument.Description ?? "");
        }

        // What every command understands is said once, in a section of its own.
        Items(page, HelpText.Options(command, root, shared).Except(HelpText.Options(root, root, shared)));
        foreach (Command inner in command.Subcommands.Where(c => !c.Hidden))
        {
            Describe(page, inner, root, shared);
        }
    }

    private static void Items(RoffPage page, IEnumerable<Option> options)
    {
        foreach (Option option in options)
        {
            page.Item(HelpText.Label(option), option.Description ?? "");
        }
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using Portok.Settings.Manual;

namespace Portok.Cli.CommandLine;

/// <summary>The text of --help, at most 80 columns wide.</summary>
internal static class HelpText
{
    private const int Width = 80;

    internal static readonly (string Name, string Text)[] Variables =
    [
        ("PORTOK_URL, PORTOK_TOKEN", "Instead of --url and --token; the options win, the instance's file comes last"),
        ("PORTOK_CONFIG_DIR", "Env files of the instances (/etc/portok)"),
        ("PORTOK_STATE_DIR", "Saved states (/var/lib/portok)"),
        ("PORTOK_SYSTEMD_DIR", "Unit files (/etc/systemd/system)"),
        ("NO_COLOR", "No colours when set"),
    ];

    /// <summary>One line such as <c>portok switch &lt;port&gt; [&lt;instance&gt;] [options]</c>.</summary>
    public static string Usage(Command command, RootCommand root)
    {
        if (command == root)
        {
            return "portok <command> [options]";
        }

        IEnumerable<string> names = command.Parents.OfType<Command>().Where(c => c != root).Select(c => c.Name).Append(command.Name);
        if (command.Subcommands.Count > 0)
        {
            return string.Join(' ', ["portok", .. names, "<command> [options]"]);
        }

        IEnumerable<string> arguments = command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $"[<{a.Name}>]" : $"<{a.Name}>");
        return string.Join(' ', ["portok", .. names, .. arguments, "[options]"]);
    }

    public static void Write(TextWriter to, Command command, RootCommand root, SharedOptions shared)
    {
        to.WriteLine(command.Description);
        to.WriteLine();
        to.WriteLine($"Usage: {Usage(command, root)}");
        Section(to, "Commands", command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, c.Description ?? "")));
        Section(to, "Arguments", command.Arguments.Select(a => ($"<{a.Name}>", a.Description ?? "")));
        Section(to, "Options", Options(command, root, shared).Select(o => (Label(o), o.Description ?? "")));
        Section(to, "Environment", Variables);
        Section(to, "Exit codes", ExitCode.All.Select(c => (c.Code.ToString(System.Globalization.CultureInfo.InvariantCulture), c.Meaning)));
    }

    internal static IEnumerable<Option> Options(Command command, RootCommand root, SharedOptions shared)
    {
        IEnumerable<Option> own = command == root ? [] : command.Options.Where(o => !o.Hidden);
        IEnumerable<Option> common = command is IWithoutConnection ? shared.All.Except(shared.Connection) : shared.All;
        return own.Concat(common).Concat(root.Options.Where(o => o is HelpOption || (o is VersionOption && command == root)));
    }

    internal static string Label(Option option)
    {
        IEnumerable<string> names = option.Aliases.Where(a => a.StartsWith('-') && !a.StartsWith("-?", StringComparison.Ordinal)).Prepend(option.Name);
        string label = string.Join(", ", names);
        return option.HelpName is { } value ? $"{label} {value}" : label;
    }

    private static void Section(TextWriter to, string title, IEnumerable<(string Name, string Text)> rows)
    {
        List<(string Name, string Text)> all = [.. rows];
        if (all.Count == 0)
        {
            return;
        }

        int column = Math.Min(all.Max(r => r.Name.Length), 26) + 4;
        to.WriteLine();
        to.WriteLine($"{title}:");
        foreach ((string name, string text) in all)
        {
            foreach (string line in WordWrap.Lines($"  {name}".PadRight(column), text, Width))
            {
                to.WriteLine(line);
            }
        }
    }
}

/// <summary>Marks a verb that speaks to no daemon that is already there: --url, --instance, --token and --timeout have no meaning for it.</summary>
internal interface IWithoutConnection;

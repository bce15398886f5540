using System.CommandLine;
using System.CommandLine.Parsing;
using Portok.Settings;

namespace Portok.Cli.CommandLine;

/// <summary>Says what is wrong with a command line that could not be read.</summary>
internal static class WrongUse
{
    /// <summary>The first fault in words, with the nearest name for one that is not known; null when nothing is wrong.</summary>
    public static CommandFailure? Find(ParseResult parsed, RootCommand root)
    {
        if (parsed.UnmatchedTokens is [{ } unknown, ..])
        {
            return CommandFailure.WrongUse(Unknown(unknown, parsed.CommandResult.Command, root));
        }

        // An unknown option lands in the next free argument.
        foreach (Argument argument in parsed.CommandResult.Command.Arguments)
        {
            if (parsed.GetResult(argument)?.Tokens is [{ Value: ['-', ..] value }, ..])
            {
                return CommandFailure.WrongUse(Unknown(value, parsed.CommandResult.Command, root));
            }
        }

        if (parsed.CommandResult.Command == root)
        {
            return CommandFailure.WrongUse($"A command is needed: {string.Join(", ", root.Subcommands.Where(c => !c.Hidden).Select(c => c.Name))}.");
        }

        if (parsed.CommandResult.Command is { Subcommands: { Count: > 0 } verbs } group)
        {
            return CommandFailure.WrongUse($"'{group.Name}' needs one of: {string.Join(", ", verbs.Select(c => c.Name))}.");
        }

        if (parsed.Errors is [{ } first, ..])
        {
            return CommandFailure.WrongUse(Missing(first.SymbolResult, parsed.CommandResult.Command) ?? first.Message);
        }

        return null;
    }

    /// <summary>What is needed and was not given, an option's value or an argument; null when the fault is another.</summary>
    private static string? Missing(SymbolResult? at, Command command) => at switch
    {
        OptionResult { Tokens: [] } option => Missing(option.Option),
        ArgumentResult { Tokens: [], Parent: OptionResult option } => Missing(option.Option),
        ArgumentResult { Tokens: [], Argument: var argument } => $"'{command.Name}' needs <{argument.Name}>.",
        _ => null,
    };

    private static string Missing(Option option) => $"{option.Name} needs a value: {option.Name} {option.HelpName ?? "VALUE"}.";

    private static string Unknown(string token, Command command, RootCommand root)
    {
        string shown = Printable.Of(token);
        if (token.StartsWith('-'))
        {
            IEnumerable<string> options = command.Options.Concat(root.Options.Where(o => o.Recursive)).Select(o => o.Name);
            return $"There is no option '{shown}'.{Suggest(token, options)}";
        }

        return command.Subcommands.Count > 0
            ? $"There is no command '{string.Join(' ', command == root ? [shown] : (string[])[command.Name, shown])}'.{Suggest(token, command.Subcommands.Select(c => c.Name))}"
            : $"'{shown}' is one word too many for '{command.Name}'.";
    }

    private static string Suggest(string token, IEnumerable<string> names) =>
        NearestName.Find(token, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
}

using System.CommandLine;
using System.CommandLine.Help;
using Portok.Cli.CommandLine;
using Portok.Cli.Instances;

namespace Portok.Cli.Completing;

/// <summary>
/// What could come next on a command line. The scripts for the shells call <c>portok __complete SHELL -- WORDS…</c>, so that they
/// always know what this portok knows, and the instances of this machine.
/// </summary>
internal static class Completion
{
    /// <summary>The hidden verb.</summary>
    public const string Verb = "__complete";

    /// <param name="args">The shell's name, "--", and the words so far without "portok"; the last one is being typed and may be empty.</param>
    /// <returns>The exit code.</returns>
    public static int Write(IReadOnlyList<string> args, RootCommand root, SharedOptions shared, CliHost host)
    {
        if (args is not [{ } shell, "--", ..])
        {
            return ExitCode.WrongUse;
        }

        // bash makes three words of --instance=api.
        string[] words = [.. args.Skip(2).Where((word, i) => word is not "=" || i == args.Count - 3)];
        string typed = words is [.., not "="] ? words[^1] : "";
        foreach ((string text, string meaning) in Candidates([.. words.SkipLast(1)], typed, root, shared, host).Where(c => c.Text.StartsWith(typed, StringComparison.Ordinal)))
        {
            host.Out.WriteLine(shell switch
            {
                "zsh" => $"{text.Replace(":", "\\:", StringComparison.Ordinal)}:{meaning}",
                "fish" => $"{text}\t{meaning}",
                _ => text,
            });
        }

        return ExitCode.Done;
    }

    private static IEnumerable<(string Text, string Meaning)> Candidates(string[] before, string typed, RootCommand root, SharedOptions shared, CliHost host)
    {
        Command command = root;
        int arguments = 0;
        for (int i = 0; i < before.Length; i++)
        {
            if (Find(before[i], command, root) is { } option)
            {
                if (TakesValue(option) && ++i == before.Length)
                {
                    return Values(option, shared, host);
                }
            }
            else if (command.Subcommands.FirstOrDefault(c => string.Equals(c.Name, before[i], StringComparison.Ordinal)) is { } sub)
            {
                command = sub;
            }
            else if (!before[i].StartsWith('-'))
            {
                arguments++;
            }
        }

        if (typed.IndexOf('=', StringComparison.Ordinal) is > 0 and var end && Find(typed[..end], command, root) is { } assigned)
        {
            return Values(assigned, shared, host).Select(value => ($"{typed[..end]}={value.Text}", value.Meaning));
        }

        if (typed.StartsWith('-'))
        {
            return HelpText.Options(command, root, shared).Select(o => (o.Name, FirstSentence(o.Description)));
        }

        if (command.Subcommands.Count > 0)
        {
            return arguments > 0 ? [] : command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, FirstSentence(c.Description)));
        }

        return command.Arguments.Skip(arguments).FirstOrDefault()?.Name switch
        {
            "instance" => Instances(host),
            // A new instance's name is the person's to find.
            "name" when command.Name is not "add" => Instances(host),
            "shell" => ShellScript.Shells.Select(s => (s, "")),
            _ => [],
        };
    }

    private static Option? Find(string word, Command command, RootCommand root) =>
        command.Options.Concat(root.Options).FirstOrDefault(o => string.Equals(o.Name, word, StringComparison.Ordinal) || o.Aliases.Contains(word));

    private static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option is not (HelpOption or VersionOption);

    private static IEnumerable<(string Text, string Meaning)> Values(Option option, SharedOptions shared, CliHost host) =>
        option == shared.Instance ? Instances(host) : [];

    private static IEnumerable<(string Text, string Meaning)> Instances(CliHost host) =>
        new InstanceStore(Folders.From(host.Environment)).NamesIfReadable().Select(name => (name, "instance"));

    private static string FirstSentence(string? text) => (text ?? "").Split([";", ". "], StringSplitOptions.None)[0];
}

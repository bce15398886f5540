using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Portok.Cli.CommandLine;
using Portok.Cli.Instances;
using Portok.Cli.Journal;
using Portok.Cli.Rendering;
using Portok.Cli.Units;
using Spectre.Console;

namespace Portok.Cli.Commands;

/// <summary><c>portok logs</c>: what the journal has of an instance.</summary>
internal static class LogsCommand
{
    private const int DefaultLines = 50;
    private const int MostLines = 1_000_000;

    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string> name = InstanceArgument.Required();
        Option<bool> follow = new("--follow", "-f") { Arity = ArgumentArity.Zero, Description = "Go on with what comes, until Ctrl-C" };
        Option<int> lines = new("--lines", "-n")
        {
            HelpName = "N",
            Description = $"The last N entries (default {DefaultLines})",
            DefaultValueFactory = _ => DefaultLines,
            CustomParser = ParseLines,
        };
        Option<string?> since = new("--since") { HelpName = "TIME", Description = "Only from then on: \"10 min ago\", \"yesterday\", \"2026-01-31 10:00\"" };
        ManagementVerb command = new("logs", "Show an instance's log from the journal", options) { name, follow, lines, since };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            Instance instance = run.Machine.Store.Load(parsed.GetValue(name)!);
            List<string> arguments =
            [
                "--no-pager", "--quiet", "--output=json", $"--unit={UnitNames.Service(instance.Name)}", $"--unit={UnitNames.Socket(instance.Name)}",
                $"--lines={parsed.GetValue(lines).ToString(CultureInfo.InvariantCulture)}",
            ];
            if (parsed.GetValue(since) is { } from)
            {
                arguments.Add($"--since={from}");
            }

            if (parsed.GetValue(follow))
            {
                arguments.Add("--follow");
            }

            return run.Json
                ? await WriteArrayAsync(run, arguments, cancellation).ConfigureAwait(false)
                : await WriteLinesAsync(run, instance.Name, arguments, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> WriteLinesAsync(Invocation run, string name, List<string> arguments, CancellationToken cancellation)
    {
        bool any = false;
        try
        {
            await foreach (JournalEntry entry in ReadAsync(run, arguments, cancellation).ConfigureAwait(false))
            {
                any = true;
                JournalView.Write(run.Screen, entry, run.Host.Time.LocalTimeZone);
            }
        }
        catch (OperationCanceledException)
        {
            // The way to end --follow.
            return ExitCode.Interrupted;
        }

        if (!any)
        {
            Screen.Error(run.Host).Line($"The journal has nothing of {Markup.Escape(name)}{(Environment.IsPrivilegedProcess ? "" : " that this user may read; try sudo")}.");
        }

        return ExitCode.Done;
    }

    /// <summary>One array, an entry a line; it is closed at the end of --follow too, so that it always is one document.</summary>
    private static async Task<int> WriteArrayAsync(Invocation run, List<string> arguments, CancellationToken cancellation)
    {
        TextWriter to = run.Host.Out;
        string before = "[\n";
        int code = ExitCode.Done;
        IAsyncEnumerator<JournalEntry> entries = ReadAsync(run, arguments, cancellation).GetAsyncEnumerator(cancellation);
        await using (entries.ConfigureAwait(false))
        {
            // The first one before anything is written: a journal that cannot be read is an error document of its own.
            try
            {
                while (await entries.MoveNextAsync().ConfigureAwait(false))
                {
                    await to.WriteAsync(before + entries.Current.ToJson()).ConfigureAwait(false);
                    await to.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                    before = ",\n";
                }
            }
            catch (OperationCanceledException)
            {
                code = ExitCode.Interrupted;
            }
            catch (CommandFailure failure) when (before is ",\n")
            {
                await run.Host.Error.WriteLineAsync($"portok: {failure.Message}").ConfigureAwait(false);
                code = ExitCode.Refused;
            }
        }

        await to.WriteLineAsync(before is ",\n" ? "\n]" : "[]").ConfigureAwait(false);
        return code;
    }

    private static async IAsyncEnumerable<JournalEntry> ReadAsync(Invocation run, List<string> arguments, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (string line in run.Machine.Programs.LinesAsync("journalctl", arguments, cancellation).ConfigureAwait(false))
        {
            if (JournalEntry.Parse(line) is { } entry)
            {
                yield return entry;
            }
        }
    }

    private static int ParseLines(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int lines) && lines <= MostLines)
        {
            return lines;
        }

        result.AddError($"--lines '{Printable.Of(text)}' is not a number from 0 to {MostLines}.");
        return DefaultLines;
    }
}

using System.CommandLine;
using Portok.Cli.CommandLine;
using Portok.Cli.Completing;

namespace Portok.Cli.Commands;

/// <summary><c>portok completion</c>: prints the script with which a shell completes commands, options and instances.</summary>
internal static class CompletionCommand
{
    public static Command Create(SharedOptions options, CliHost host)
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh or fish" };
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var typed }] && !ShellScript.Shells.Contains(typed, StringComparer.Ordinal))
            {
                result.AddError($"'{Printable.Of(typed)}' is no shell that portok knows: {string.Join(", ", ShellScript.Shells)}.");
            }
        });
        ManagementVerb command = new("completion", "Print a completion script for a shell", options) { shell };
        command.SetAction(parsed =>
        {
            Invocation run = new(parsed, options, host);
            string name = parsed.GetValue(shell)!;
            string script = ShellScript.Of(name);
            if (run.Json)
            {
                run.WriteJson(new CompletionDocument(name, script), CliJson.Readable.CompletionDocument);
            }
            else
            {
                host.Out.WriteLine(script);
            }

            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary>What <c>completion --json</c> prints.</summary>
internal sealed record CompletionDocument(string Shell, string Script);

namespace Portok.Cli.CommandLine;

/// <summary>Asks before something is deleted.</summary>
internal static class Confirmation
{
    /// <summary>Returns when the answer is yes, or --force was given.</summary>
    /// <param name="verb">The command, for a message.</param>
    /// <param name="question">Ends with '?'.</param>
    /// <exception cref="CommandFailure">The answer is no, or there is nobody to ask.</exception>
    public static async Task RequireAsync(Invocation run, bool force, string verb, string question, CancellationToken cancellation)
    {
        if (force)
        {
            return;
        }

        if (run.Json || !run.Host.InIsTerminal)
        {
            throw CommandFailure.WrongUse($"'{verb}' deletes things and cannot ask here. Give --force when that is meant.");
        }

        string answer = await AskAsync(run.Host, $"{question} [y/N] ", cancellation).ConfigureAwait(false);
        if (!answer.Equals("y", StringComparison.OrdinalIgnoreCase) && !answer.Equals("yes", StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandFailure(ExitCode.Refused, "Not confirmed", "Nothing was deleted.");
        }
    }

    /// <summary>One line from the person at the terminal; empty at the end of input.</summary>
    public static async Task<string> AskAsync(CliHost host, string prompt, CancellationToken cancellation)
    {
        await host.Error.WriteAsync(prompt).ConfigureAwait(false);
        await host.Error.FlushAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Reading from a terminal cannot be cancelled; Ctrl-C leaves the reader behind and goes on.
            string? line = await Task.Run(host.In.ReadLine, CancellationToken.None).WaitAsync(cancellation).ConfigureAwait(false);
            return line?.Trim() ?? "";
        }
        catch (OperationCanceledException)
        {
            await host.Error.WriteLineAsync().ConfigureAwait(false);
            throw;
        }
    }
}

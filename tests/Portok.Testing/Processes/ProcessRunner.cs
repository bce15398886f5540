using System.Diagnostics;

namespace Portok.Testing;

/// <summary>What a finished process left behind.</summary>
/// <param name="ExitCode">Its exit code; 128 + n when signal n ended it.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Errors">All of its standard error.</param>
/// <param name="Elapsed">From start to end.</param>
public sealed record ProcessResult(int ExitCode, string Output, string Errors, TimeSpan Elapsed);

/// <summary>Runs a program to its end, bounded in time.</summary>
public static class ProcessRunner
{
    /// <summary>Runs a program and gives its exit code and output; an exit code other than 0 is the caller's to judge.</summary>
    /// <param name="program">Path or name to be found in PATH.</param>
    /// <param name="arguments">Its arguments, passed as they are.</param>
    /// <param name="environment">Variables set besides the inherited ones; null takes one away.</param>
    /// <param name="folder">Working folder; the current one when null.</param>
    /// <param name="input">Written to standard input, which is then closed.</param>
    /// <param name="within">Longest run; <see cref="Patience.Long"/> when null.</param>
    /// <exception cref="TimeoutException">It ran too long and was killed; the words hold its output so far.</exception>
    public static async Task<ProcessResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? folder = null,
        string? input = null,
        TimeSpan? within = null)
    {
        var start = Stopwatch.GetTimestamp();
        await using var process = RunningProcess.Start(program, arguments, environment, folder, input);
        int exitCode = await process.WaitForExitAsync(within ?? Patience.Long).ConfigureAwait(false);
        return new ProcessResult(exitCode, process.Output, process.Errors, Stopwatch.GetElapsedTime(start));
    }
}

namespace Portok.Cli.Processes;

/// <summary>What a program that has ended left behind.</summary>
/// <param name="ExitCode">Its exit code; 128 + n when signal n ended it.</param>
internal sealed record ProgramResult(int ExitCode, string Out, string Error)
{
    public bool Ok => ExitCode == 0;

    /// <summary>What it said about its failure, on one line at least: standard error, else standard output, else the exit code.</summary>
    public string Complaint => Error.Trim() is { Length: > 0 } error ? error
        : Out.Trim() is { Length: > 0 } output ? output
        : $"exit code {ExitCode}";
}

namespace Portok.Cli.CommandLine;

/// <summary>A command ends here, with words for the person who typed it.</summary>
internal sealed class CommandFailure : Exception
{
    /// <param name="exitCode">One of <see cref="CommandLine.ExitCode"/>.</param>
    /// <param name="error">A short name for the fault; the "error" of the JSON form.</param>
    /// <param name="message">What happened and what to do.</param>
    public CommandFailure(int exitCode, string error, string message)
        : base(message)
    {
        ExitCode = exitCode;
        Error = error;
    }

    public int ExitCode { get; }

    public string Error { get; }

    /// <summary>The daemon's own JSON, printed unchanged with --json; null when the fault was found on this side.</summary>
    public byte[]? DaemonJson { get; init; }

    public static CommandFailure WrongUse(string message) => new(CommandLine.ExitCode.WrongUse, "Wrong use", message);
}

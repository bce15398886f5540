namespace Portok.Cli.CommandLine;

/// <summary>What portok's exit code says. A script may rely on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>Done, or healthy.</summary>
    public const int Done = 0;

    /// <summary>Unhealthy, or refused; the reason was printed.</summary>
    public const int Refused = 1;

    /// <summary>Wrong use; the usage line was printed.</summary>
    public const int WrongUse = 2;

    /// <summary>The daemon is out of reach.</summary>
    public const int OutOfReach = 3;

    /// <summary>Not allowed: token, address or rate limit.</summary>
    public const int NotAllowed = 4;

    /// <summary>Ended by Ctrl-C or another signal; nothing was left half-done.</summary>
    public const int Interrupted = 130;

    /// <summary>The codes with their meaning, in the order of the help text.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Done, "done, or healthy"),
        (Refused, "unhealthy, or refused (the reason is printed)"),
        (WrongUse, "wrong use (the usage line is printed)"),
        (OutOfReach, "the daemon is out of reach"),
        (NotAllowed, "not allowed (token, address or rate limit)"),
        (Interrupted, "interrupted by Ctrl-C; nothing is left half-done"),
    ];
}

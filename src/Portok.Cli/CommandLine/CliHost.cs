namespace Portok.Cli.CommandLine;

/// <summary>Everything a command touches of the process around it, so that a test can put its own in place.</summary>
internal sealed record CliHost
{
    /// <summary>Answers: people's text, or the one JSON document.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Errors and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>What a person answers to a question.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    public bool InIsTerminal { get; init; }

    public required bool OutIsTerminal { get; init; }

    public required bool ErrorIsTerminal { get; init; }

    /// <summary>Looks up an environment variable; null: not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Cancelled by Ctrl-C: what was begun is ended or undone.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>This process's console and environment.</summary>
    public static CliHost FromProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        In = Console.In,
        InIsTerminal = !Console.IsInputRedirected,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Environment = System.Environment.GetEnvironmentVariable,
        Time = TimeProvider.System,
    };

    /// <summary>A variable's value; null when it is unset or empty.</summary>
    public string? Variable(string name) => Environment(name) is { Length: > 0 } value ? value : null;
}

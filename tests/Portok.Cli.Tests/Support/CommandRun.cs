using System.Text.Json;
using Portok.Cli.CommandLine;
using Shouldly;

namespace Portok.Cli.Tests.Support;

/// <summary>What one run of portok wrote and how it ended.</summary>
internal sealed record CommandRun(int ExitCode, string Out, string Error)
{
    /// <summary>Standard output without its last line end.</summary>
    public string Text => Out.TrimEnd('\n');

    /// <summary>Runs the command line inside this process, without a terminal unless told otherwise.</summary>
    /// <param name="answers">What a person types.</param>
    /// <param name="stop">Stands for Ctrl-C.</param>
    public static async Task<CommandRun> InProcessAsync(IReadOnlyList<string> args, IReadOnlyDictionary<string, string>? environment = null, bool terminal = false, string answers = "", CancellationToken stop = default)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using StringReader input = new(answers);
        CliHost host = new()
        {
            Out = output,
            Error = error,
            In = input,
            InIsTerminal = terminal,
            OutIsTerminal = terminal,
            ErrorIsTerminal = terminal,
            Environment = name => environment is not null && environment.TryGetValue(name, out string? value) ? value : null,
            Time = new FixedTime(),
            Stop = stop,
        };
        int code = await new PortokCommandLine(host).RunAsync(args).WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        return new CommandRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Standard output as the one JSON document it must be, with nothing on standard error.</summary>
    public JsonElement OnlyJson()
    {
        Error.ShouldBeEmpty();
        using JsonDocument document = JsonDocument.Parse(Out);
        return document.RootElement.Clone();
    }
}

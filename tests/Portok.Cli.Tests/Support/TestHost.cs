using Portok.Cli.CommandLine;

namespace Portok.Cli.Tests.Support;

/// <summary>A host without a console, for what is tested below the command line.</summary>
internal static class TestHost
{
    public static CliHost With(IReadOnlyDictionary<string, string> environment) => new()
    {
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        OutIsTerminal = false,
        ErrorIsTerminal = false,
        Environment = name => environment.TryGetValue(name, out string? value) ? value : null,
        Time = new FixedTime(),
    };
}

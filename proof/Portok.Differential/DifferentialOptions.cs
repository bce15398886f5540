using System.Globalization;
using Portok.Proof;

namespace Portok.Differential;

/// <summary>The command line.</summary>
internal sealed record DifferentialOptions : IProofOptions<DifferentialOptions>
{
    public static string Usage { get; } = """
        usage: ./prove differential [--case TEXT] [--portok-only] [--lanes N] [--verbose]

          Sends every case of the corpus, in every split that matters, through portokd, nginx, HAProxy
          and npm http-proxy; keeps the exact bytes on both sides; lets the parsers of nginx, Node and
          Kestrel judge what Portok forwarded, and Node, .NET and curl what it answered. Exit code 0
          only when every case came out as the corpus says and no two parsers read it differently.

          --case TEXT     only cases with TEXT in their names (no report)
          --portok-only   no peers (no report)
          --lanes N       cases at once (24)
          --verbose       what came of each case
          --results DIR   where the report goes
        """;

    internal string? Case { get; private init; }

    internal bool PortokOnly { get; private init; }

    internal int Lanes { get; private init; } = 24;

    internal bool Verbose { get; private init; }

    internal string? Results { get; private init; }

    public bool Help { get; private init; }

    /// <exception cref="FormatException">What is wrong with the command line.</exception>
    public static DifferentialOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new DifferentialOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string option = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : throw new FormatException($"{option} needs a value.");
            options = option switch
            {
                "--case" => options with { Case = Value() },
                "--portok-only" => options with { PortokOnly = true },
                "--lanes" => options with { Lanes = ReadLanes(Value()) },
                "--verbose" => options with { Verbose = true },
                "--results" => options with { Results = Value() },
                "--help" or "-h" => options with { Help = true },
                _ => throw new FormatException($"'{option}' is no option."),
            };
        }

        return options;
    }

    private static int ReadLanes(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int lanes) && lanes is > 0 and <= 64
            ? lanes : throw new FormatException($"'{text}' is no number of lanes; 1 to 64 are allowed.");
}

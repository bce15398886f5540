using System.Globalization;
using Portok.Proof;

namespace Portok.Soak;

/// <summary>The command line.</summary>
internal sealed record SoakOptions : IProofOptions<SoakOptions>
{
    public static string Usage { get; } = """
        usage: ./prove soak [--minutes N] [--seed N] [--quick]

          Mixed traffic with a switch between two apps every two seconds. Every answer is verified,
          and what portokd uses is sampled every second. Exit code 0 only when nothing was lost
          and nothing grew.

          --minutes N    how long (10)
          --seed N       of everything left to chance (1)
          --quick        20 seconds: whether it runs, not whether it is flat
          --results DIR  where soak.md, soak.json and the picture go
        """;

    internal TimeSpan Length { get; init; } = TimeSpan.FromMinutes(10);

    internal int Seed { get; init; } = 1;

    /// <summary>Connections that send requests; WebSockets and event streams come besides.</summary>
    internal int Workers { get; init; } = 32;

    internal int WebSockets { get; init; } = 12;

    internal int EventStreams { get; init; } = 6;

    internal TimeSpan SwitchEvery { get; init; } = TimeSpan.FromSeconds(2);

    internal string? Results { get; init; }

    public bool Help { get; private init; }

    /// <exception cref="FormatException">What is wrong with the command line.</exception>
    public static SoakOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SoakOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string option = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : throw new FormatException($"{option} needs a value.");
            options = option switch
            {
                "--minutes" => options with { Length = TimeSpan.FromMinutes(Number(option, Value())) },
                "--seed" => options with { Seed = (int)Number(option, Value()) },
                "--quick" => options with { Length = TimeSpan.FromSeconds(20) },
                "--results" => options with { Results = Value() },
                "--help" or "-h" => options with { Help = true },
                _ => throw new FormatException($"'{option}' is no option."),
            };
        }

        return options;
    }

    private static double Number(string option, string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is > 0 and < 100_000
            ? number
            : throw new FormatException($"'{text}' is no value for {option}: a number above 0 is.");
}

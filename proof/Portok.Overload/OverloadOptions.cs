using System.Globalization;
using Portok.Proof;

namespace Portok.Overload;

/// <summary>The command line.</summary>
internal sealed record OverloadOptions : IProofOptions<OverloadOptions>
{
    public static string Usage { get; } = """
        usage: ./prove overload [--connections N] [--slow N] [--rounds N] [--seconds N] [--quick]

          Far more clients than anybody serves on purpose. Exit code 0 only when every claim held.

          --connections N  at once (10000)
          --slow N         slow clients of each of three kinds (1000)
          --rounds N       rounds without and with them, in turns (6)
          --seconds N      of each half of a round (8)
          --quick          a tenth of all of it: whether it runs, not how well
          --results DIR    where overload.md, overload.json and the pictures go
        """;

    internal int Connections { get; init; } = 10_000;

    internal int Slow { get; init; } = 1000;

    internal int Rounds { get; init; } = 6;

    internal double Seconds { get; init; } = 8;

    /// <summary>RLIMIT_NOFILE of the daemon that is to run out of descriptors, and how many clients come to it.</summary>
    internal int DescriptorLimit { get; init; } = 1024;

    internal int Flood { get; init; } = 4000;

    /// <summary>The load of the normal clients: connections, and requests a second over all of them.</summary>
    internal int Normal { get; init; } = 64;

    internal int Rate { get; init; } = 1000;

    /// <summary>Whether times, CPU and memory are held to their bounds; a short run on a busy machine says too little about them.</summary>
    internal bool Strict { get; init; } = true;

    /// <summary>Descriptors that may be left over: in a short run the runtime still opens assemblies of its own.</summary>
    internal int DescriptorsAllowed => Strict ? 2 : 16;

    internal string? Results { get; init; }

    public bool Help { get; private init; }

    internal static OverloadOptions Quick { get; } = new() { Connections = 1000, Slow = 100, Rounds = 1, Seconds = 2, DescriptorLimit = 256, Flood = 400, Strict = false };

    /// <exception cref="FormatException">What is wrong with the command line.</exception>
    public static OverloadOptions Parse(IReadOnlyList<string> arguments)
    {
        OverloadOptions options = arguments.Contains("--quick", StringComparer.Ordinal) ? Quick : new OverloadOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string option = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : throw new FormatException($"{option} needs a value.");
            int Number() => int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 100_000
                ? number
                : throw new FormatException($"{option} takes a whole number from 1 to 100000, not '{arguments[i]}'.");
            options = option switch
            {
                "--connections" => options with { Connections = Number() },
                "--slow" => options with { Slow = Number() },
                "--rounds" => options with { Rounds = Number() },
                "--seconds" => options with { Seconds = Number() },
                "--results" => options with { Results = Value() },
                "--quick" => options,
                "--help" or "-h" => options with { Help = true },
                _ => throw new FormatException($"'{option}' is no option."),
            };
        }

        return options;
    }
}

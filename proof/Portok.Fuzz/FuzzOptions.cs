using System.Globalization;
using Portok.Fuzz.Targets;

namespace Portok.Fuzz;

/// <summary>The command line.</summary>
internal sealed record FuzzOptions
{
    internal const string Usage = """
        usage: ./prove fuzz [--target NAME]... [--seconds N] [--executions N] [--seed N] [--keep] [--quick]
               ./prove fuzz --target NAME --replay FILE

          Feeds changed inputs to parsers and to whole connections, guided by the branches they reach,
          and lets an oracle judge what comes out. Exit code 0 only when no oracle objected.

          --target NAME   one of the targets below; may be given more than once; all by default
          --seconds N     time for each target (60)
          --executions N  executions at most for each target
          --seed N        of everything left to chance (1); same seed, corpus and executions: same run
          --keep          write the corpus, made small, back to the source folder
          --quick         5 seconds for each target
          --replay FILE   runs one input, one file as it is written for a find, and tells what it means
          --results DIR   where the report fuzz.md and the finds go
        """;

    internal IReadOnlyList<string> Targets { get; private init; } = TargetList.Names;

    internal double Seconds { get; private init; } = 60;

    internal long Executions { get; private init; } = long.MaxValue;

    internal int Seed { get; private init; } = 1;

    internal bool Keep { get; private init; }

    internal string? Replay { get; private init; }

    internal string? Results { get; private init; }

    internal bool Help { get; private init; }

    /// <exception cref="FormatException">What is wrong with the command line.</exception>
    internal static FuzzOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new FuzzOptions();
        var targets = new List<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string option = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : throw new FormatException($"{option} needs a value.");
            options = option switch
            {
                "--seconds" => options with { Seconds = double.Parse(Value(), CultureInfo.InvariantCulture) },
                "--executions" => options with { Executions = long.Parse(Value(), CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--replay" => options with { Replay = Value() },
                "--results" => options with { Results = Value() },
                "--keep" => options with { Keep = true },
                "--quick" => options with { Seconds = 5 },
                "--help" or "-h" => options with { Help = true },
                "--target" => Add(options, targets, Value()),
                _ => throw new FormatException($"'{option}' is no option."),
            };
        }

        if (options.Executions < long.MaxValue && !arguments.Contains("--seconds")) options = options with { Seconds = double.PositiveInfinity };
        if (options.Replay is not null && targets.Count != 1) throw new FormatException("--replay needs one --target.");
        return targets.Count > 0 ? options with { Targets = targets } : options;
    }

    private static FuzzOptions Add(FuzzOptions options, List<string> targets, string name)
    {
        if (!TargetList.Names.Contains(name)) throw new FormatException($"'{name}' is no target; the targets are {string.Join(", ", TargetList.Names)}.");
        targets.Add(name);
        return options;
    }
}

using System.Globalization;
using Portok.Fuzz.Targets;
using Portok.Proof;

namespace Portok.Fuzz;

/// <summary>The command line.</summary>
internal sealed record FuzzOptions : IProofOptions<FuzzOptions>
{
    public static string Usage { get; } = $"""
        usage: ./prove fuzz [--target NAME]... [--minutes N] [--executions N] [--seed N] [--keep] [--quick]
               ./prove fuzz --target NAME --replay FILE

          Feeds changed inputs to parsers and to whole connections, guided by the branches they reach,
          and lets an oracle judge what comes out. Exit code 0 only when no oracle objected.

          --target NAME   one of the targets below; may be given more than once; all by default
          --minutes N     time for each target (1); fractions are fine
          --seconds N     the same in seconds
          --executions N  executions at most for each target
          --seed N        of everything left to chance (1); same seed, corpus and executions: same run
          --keep          write the corpus, made small, back to the source folder
          --quick         5 seconds for each target
          --replay FILE   runs one input again and tells step by step what it means; the file is one that was
                          written for a find, or holds one line of a corpus
          --results DIR   where the report (fuzz.md, fuzz.json) and the finds go

          targets: {string.Join(", ", TargetList.Names)}
        """;

    internal IReadOnlyList<string> Targets { get; private init; } = TargetList.Names;

    internal double Seconds { get; private init; } = 60;

    internal long Executions { get; private init; } = long.MaxValue;

    internal int Seed { get; private init; } = 1;

    internal bool Keep { get; private init; }

    internal string? Replay { get; private init; }

    internal string? Results { get; private init; }

    public bool Help { get; private init; }

    /// <exception cref="FormatException">What is wrong with the command line.</exception>
    public static FuzzOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new FuzzOptions();
        var targets = new List<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string option = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : throw new FormatException($"{option} needs a value.");
            options = option switch
            {
                "--seconds" => options with { Seconds = Number(option, Value(), 0.1) },
                "--minutes" => options with { Seconds = 60 * Number(option, Value(), 0.01) },
                "--executions" => options with { Executions = (long)Number(option, Value(), 1) },
                "--seed" => options with { Seed = (int)Math.Min(int.MaxValue, Number(option, Value(), 0)) },
                "--replay" => options with { Replay = Value() },
                "--results" => options with { Results = Value() },
                "--keep" => options with { Keep = true },
                "--quick" => options with { Seconds = 5 },
                "--help" or "-h" => options with { Help = true },
                "--target" => Add(options, targets, Value()),
                _ => throw new FormatException($"'{option}' is no option."),
            };
        }

        if (options.Executions < long.MaxValue && !arguments.Contains("--seconds") && !arguments.Contains("--minutes")) options = options with { Seconds = double.PositiveInfinity };
        if (options.Replay is { } file && !File.Exists(file)) throw new FormatException($"--replay {file}: there is no such file; finds lie in proof/results/finds.");
        if (options.Replay is not null && targets.Count != 1) throw new FormatException("--replay needs one --target.");
        return targets.Count > 0 ? options with { Targets = targets } : options;
    }

    private static double Number(string option, string text, double least)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number < 1e15
            ? number
            : throw new FormatException($"{option} {text}: a number from {least.ToString(CultureInfo.InvariantCulture)} on is wanted.");

    private static FuzzOptions Add(FuzzOptions options, List<string> targets, string name)
    {
        if (!TargetList.Names.Contains(name)) throw new FormatException($"'{name}' is no target; the targets are {string.Join(", ", TargetList.Names)}.");
        targets.Add(name);
        return options;
    }
}

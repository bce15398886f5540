using System.Diagnostics;
using Portok.Fuzz.Coverage;

namespace Portok.Fuzz.Fuzzing;

/// <summary>What a run is bounded by; whichever comes first.</summary>
internal sealed record FuzzBounds(long Executions = long.MaxValue, double Seconds = double.PositiveInfinity);

/// <summary>
/// The coverage-guided loop: change an input that once met something new, run it, keep it if it met something new itself.
/// The same seed, corpus and number of executions give the same run. Without a map it is blind.
/// </summary>
internal sealed class Fuzzer
{
    private readonly Action<byte[]> _run;
    private readonly CoverageMap? _map;
    private readonly Action _begin;
    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly Dictionary<string, Find> _finds = new(StringComparer.Ordinal);

    /// <param name="run">The target; throws when something is wrong.</param>
    /// <param name="seed">Of everything that is left to chance.</param>
    /// <param name="words">The mutator's dictionary.</param>
    /// <param name="maxLength">Of an input, in bytes.</param>
    /// <param name="map">What instrumented code writes to; null for blind mutation.</param>
    /// <param name="begin">Called before each execution.</param>
    internal Fuzzer(Action<byte[]> run, int seed, byte[][] words, int maxLength, CoverageMap? map, Action? begin = null)
    {
        _run = run;
        _map = map;
        _begin = begin ?? (static () => { });
        _random = new Random(seed);
        _mutator = new Mutator(_random, words, maxLength);
    }

    /// <summary>Executions spent on making a find small.</summary>
    internal int MinimiserTries { get; init; } = 2000;

    internal long Executions { get; private set; }

    internal Queue Queue { get; } = new();

    internal int Edges => _map?.Edges ?? 0;

    internal IReadOnlyCollection<Find> Finds => _finds.Values;

    /// <summary>Runs the seeds, then changes of them.</summary>
    /// <param name="seeds">At least one.</param>
    /// <param name="tick">Called about once a second.</param>
    internal void Run(IReadOnlyList<byte[]> seeds, FuzzBounds bounds, Action<Fuzzer>? tick = null)
    {
        foreach (byte[] seed in seeds) Try(seed, keep: _map is null);
        if (Queue.Count == 0) Queue.Add(seeds[0], []);
        long start = Stopwatch.GetTimestamp(), ticked = start;
        while (Executions < bounds.Executions)
        {
            if ((Executions & 63) == 0)
            {
                if (Stopwatch.GetElapsedTime(start).TotalSeconds >= bounds.Seconds) return;
                if (tick is not null && Stopwatch.GetElapsedTime(ticked).TotalSeconds >= 1)
                {
                    ticked = Stopwatch.GetTimestamp();
                    tick(this);
                }
            }

            Try(_mutator.Mutate(Queue.Choose(_random), Queue.Choose(_random)), keep: false);
        }
    }

    private void Try(byte[] input, bool keep)
    {
        Executions++;
        if (Execute(input) is { } find)
        {
            if (!_finds.ContainsKey(find.Signature))
            {
                byte[] small = Minimiser.Minimise(input, b => Execute(b)?.Signature == find.Signature, MinimiserTries);
                _finds[find.Signature] = Execute(small) ?? find;
            }
        }
        else if (keep || (_map is not null && _map.TakeNews()))
        {
            Queue.Add(input, _map?.Features() ?? []);
        }
    }

    private Find? Execute(byte[] input)
    {
        _map?.Clear();
        _begin();
        try
        {
            _run(input);
            return null;
        }
#pragma warning disable CA1031 // whatever leaves the target is a find
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return Find.Of(input, fault);
        }
    }
}

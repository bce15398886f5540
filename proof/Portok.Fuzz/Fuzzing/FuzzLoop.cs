using System.Diagnostics;
using Portok.Fuzz.Coverage;
using Portok.Fuzz.Mutation;
using Portok.Fuzz.Targets;

namespace Portok.Fuzz.Fuzzing;

/// <summary>An input whose run broke a promise.</summary>
internal sealed record Find(byte[] Input, Exception Fault);

/// <summary>How long to search: whichever comes first.</summary>
internal sealed record FuzzBudget(long Executions, TimeSpan Time);

/// <summary>
/// The search: an input that touches something new is kept and changed further; short ones are preferred. Without a map of
/// coverage nothing is new, and it is a blind search around the seeds. One thread.
/// </summary>
internal sealed class FuzzLoop(Func<IFuzzTarget> create, CoverageMap? map, int seed)
{
    private const int MaxFinds = 5;
    private readonly Mutator _mutator = new(seed, HttpDictionary.Words);
    private readonly List<byte[]> _queue = [];
    private IFuzzTarget _target = create();

    public long Executions { get; private set; }

    public int Edges => map?.Edges ?? 0;

    /// <summary>What reached something new, in the order in which it was found.</summary>
    public IReadOnlyList<byte[]> Queue => _queue;

    public List<Find> Finds { get; } = [];

    /// <summary>Searches until the budget is used up or too much was found.</summary>
    /// <param name="progress">Called now and then.</param>
    public void Run(IEnumerable<byte[]> known, FuzzBudget budget, Action<FuzzLoop>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        foreach (byte[] input in known.Concat(_target.Seeds).OrderBy(i => i.Length).ToArray()) Try(input, isSeed: true);
        if (_queue.Count == 0) _queue.Add([]);

        for (int round = 0; Executions < budget.Executions && clock.Elapsed < budget.Time && Finds.Count < MaxFinds; round++)
        {
            if (cancellation.IsCancellationRequested) return;
            if ((round & 0xFFF) == 0) progress?.Invoke(this);
            // The smaller of two: short inputs run faster and show more plainly what matters.
            byte[] one = Any(), two = Any();
            Try(_mutator.Mutate(one.Length <= two.Length ? one : two, Any()), isSeed: false);
        }
    }

    private byte[] Any() => _queue[_mutator.Below(_queue.Count)];

    private void Try(byte[] input, bool isSeed)
    {
        if (Execute(input) is { } fault)
        {
            Finds.Add(Shrink(input, fault));
            Renew();
        }
        else if (map?.IsNew() ?? isSeed)
        {
            _queue.Add(input);
        }
    }

    /// <summary>What a fault has left behind must not be blamed on the next input.</summary>
    private void Renew()
    {
        (_target as IDisposable)?.Dispose();
        _target = create();
    }

    private Exception? Execute(byte[] input)
    {
        Executions++;
        map?.Begin();
        try
        {
            _target.Run(input);
            return null;
        }
#pragma warning disable CA1031 // whatever it throws is what is looked for
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return fault;
        }
    }

    /// <summary>Takes pieces out for as long as the same kind of fault stays.</summary>
    private Find Shrink(byte[] input, Exception fault)
    {
        for (int piece = Math.Max(1, input.Length / 2); piece > 0; piece /= 2)
        {
            for (int at = 0; at + piece <= input.Length;)
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(at + piece)];
                Renew();
                if (Execute(shorter) is { } same && same.GetType() == fault.GetType() && (same is not BrokenPromiseException || same.Message == fault.Message))
                    (input, fault) = (shorter, same);
                else
                    at += piece;
            }
        }

        return new Find(input, fault);
    }
}

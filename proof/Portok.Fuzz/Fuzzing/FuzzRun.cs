using System.Diagnostics;
using System.Globalization;
using Portok.Fuzz.Coverage;
using Portok.Fuzz.Targets;

namespace Portok.Fuzz.Fuzzing;

/// <summary>What one target's search came to.</summary>
internal sealed record FuzzOutcome(string Target, long Executions, TimeSpan Time, int Edges, int Corpus, IReadOnlyList<Find> Finds);

/// <summary>One target after the other: search, keep what is new, show how it goes.</summary>
internal sealed class FuzzRun(FuzzSettings settings, TextWriter output)
{
    public IReadOnlyList<FuzzOutcome> Run(CancellationToken cancellation)
    {
        var outcomes = new List<FuzzOutcome>();
        foreach (Func<IFuzzTarget> create in TargetCatalogue.All)
        {
            string name = create().Name;
            if (cancellation.IsCancellationRequested) break;
            if (settings.Target is null || settings.Target == name) outcomes.Add(Search(name, create, cancellation));
        }

        return outcomes;
    }

    private FuzzOutcome Search(string name, Func<IFuzzTarget> create, CancellationToken cancellation)
    {
        // The map is one for the process: each target has one of its own.
        CoverageMap map = CoverageMap.Attach();
        var loop = new FuzzLoop(create, map, settings.Seed);
        string file = Corpus.FileOf(settings.CorpusFolder, name);
        var clock = Stopwatch.StartNew();
        var shown = Stopwatch.StartNew();
        loop.Run(Corpus.Read(file), settings.Budget, Show, cancellation);
        var outcome = new FuzzOutcome(name, loop.Executions, clock.Elapsed, loop.Edges, loop.Queue.Count, loop.Finds);
        output.WriteLine(Line(outcome));
        if (settings.Keep) Corpus.Write(file, Minimal(create, loop.Queue));
        foreach (Find find in loop.Finds)
        {
            string path = Corpus.WriteFind(settings.FindsFolder, name, find.Input);
            output.WriteLine($"  FOUND {find.Fault.GetType().Name}: {find.Fault.Message}\n  {path}");
        }

        return outcome;

        void Show(FuzzLoop now)
        {
            if (Console.IsOutputRedirected || shown.ElapsedMilliseconds < 500) return;
            shown.Restart();
            output.Write(Line(new FuzzOutcome(name, now.Executions, clock.Elapsed, now.Edges, now.Queue.Count, now.Finds)) + "\r");
        }
    }

    /// <summary>Run again shortest first, only what still reaches something new is kept.</summary>
    private static IReadOnlyList<byte[]> Minimal(Func<IFuzzTarget> create, IEnumerable<byte[]> queue)
    {
        var loop = new FuzzLoop(create, CoverageMap.Attach(), 0);
        loop.Run(queue, new FuzzBudget(0, TimeSpan.Zero), null, CancellationToken.None);
        return loop.Queue;
    }

    private static string Line(FuzzOutcome o) => string.Create(
        CultureInfo.InvariantCulture,
        $"{o.Target,-18} {o.Executions,12:N0} executions {o.Executions / Math.Max(o.Time.TotalSeconds, 0.001),9:N0}/s {o.Edges,6:N0} edges {o.Corpus,6:N0} kept {o.Finds.Count,3} found");
}

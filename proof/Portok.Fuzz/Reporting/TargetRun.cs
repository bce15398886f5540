using System.Diagnostics;
using Portok.Fuzz.Coverage;
using Portok.Fuzz.Fuzzing;
using Portok.Fuzz.Targets;

namespace Portok.Fuzz.Reporting;

/// <summary>One target fuzzed, and what came of it.</summary>
internal sealed record TargetRun(string Target, long Executions, TimeSpan Elapsed, int Edges, int Corpus, IReadOnlyCollection<Find> Finds)
{
    internal static TargetRun Run(string name, FuzzOptions options, TextWriter output)
    {
        IFuzzTarget target = TargetList.Make(name);
        var map = new CoverageMap();
        using var code = new InstrumentedCode(map, planted: null, ("Portok.Fuzz", null));
        Action<byte[]> run = code.Make("Portok.Fuzz", typeof(TargetList).FullName!, nameof(TargetList.MakeRun), name);
        var fuzzer = new Fuzzer(run, options.Seed, HttpWords.All, target.MaxLength, map, code.Begin);
        string source = SourceFolder();
        IReadOnlyList<byte[]> seeds = [.. target.Seeds, .. Fuzzing.Corpus.Load(source, name)];

        long start = Stopwatch.GetTimestamp();
        void Tell(Fuzzer f)
        {
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            string line = $"{name,-17} {f.Executions,11:N0} executions  {f.Executions / elapsed.TotalSeconds,9:N0}/s  {f.Edges,5} edges  corpus {f.Queue.Count,5}  finds {f.Finds.Count}";
            if (Console.IsOutputRedirected) output.WriteLine(line);
            else output.Write("\r" + line);
        }

        fuzzer.Run(seeds, new FuzzBounds(options.Executions, options.Seconds), Console.IsOutputRedirected ? null : Tell);
        Tell(fuzzer);
        if (!Console.IsOutputRedirected) output.WriteLine();
        foreach (Find find in fuzzer.Finds) TellFind(name, find, options, output);
        if (options.Keep) Fuzzing.Corpus.Save(source, name, fuzzer.Queue.Cover());
        return new TargetRun(name, fuzzer.Executions, Stopwatch.GetElapsedTime(start), fuzzer.Edges, fuzzer.Queue.Count, fuzzer.Finds);
    }

    private static void TellFind(string name, Find find, FuzzOptions options, TextWriter output)
    {
        output.WriteLine($"FIND: {find.Message}\n  input: {EscapedBytes.Write(find.Input)}");
        if (options.Results is null) return;
        string folder = Path.Combine(options.Results, "finds");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, $"{name}-seed{options.Seed}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(find.Input))[..12]}");
        File.WriteAllBytes(file, find.Input);
        output.WriteLine($"  again: ./prove fuzz --target {name} --replay {file}");
    }

    /// <summary>The corpus of the clone this was built in, so that it can be extended; else the copy beside the program.</summary>
    private static string SourceFolder()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string corpus = Path.Combine(folder, "proof", "Portok.Fuzz", "Corpus");
            if (Directory.Exists(corpus)) return corpus;
        }

        return Fuzzing.Corpus.BuiltFolder;
    }

}

using Portok.Fuzz.Coverage;
using Portok.Fuzz.Fuzzing;
using Portok.Fuzz.Targets;

namespace Portok.Fuzz.Tests.Support;

/// <summary>A run of the fuzzer over instrumented code, bounded by executions: the same each time.</summary>
internal static class GuidedRun
{
    internal static Fuzzer Of(string target, long executions, PlantedFault? planted = null, bool fromCorpus = true)
    {
        IFuzzTarget made = TargetList.Make(target);
        var map = new CoverageMap();
        using var code = new InstrumentedCode(map, planted, ("Portok.Fuzz", null));
        Action<byte[]> run = code.Make("Portok.Fuzz", typeof(TargetList).FullName!, nameof(TargetList.MakeRun), target);
        var fuzzer = new Fuzzer(run, seed: 1, HttpWords.All, made.MaxLength, map, code.Begin) { MinimiserTries = planted is null ? 2000 : 0 };
        IReadOnlyList<byte[]> kept = fromCorpus ? Corpus.Load(Corpus.BuiltFolder, target) : [];
        fuzzer.Run([.. made.Seeds, .. kept], new FuzzBounds(executions));
        GC.KeepAlive(map);
        return fuzzer;
    }

    internal static string Tell(this IEnumerable<Find> finds) => string.Join('\n', finds.Select(f => $"{f.Message}\n  {EscapedBytes.Write(f.Input)}"));
}

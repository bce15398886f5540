using System.CommandLine;
using Portok.Fuzz.Coverage;
using Portok.Fuzz.Fuzzing;
using Portok.Fuzz.Targets;

// Instrumented code writes to a map from its first branch on.
if (InstrumentedCopy.IsThis) _ = CoverageMap.Attach();

string[] names = [.. TargetCatalogue.All.Select(create => create().Name)];
Option<DirectoryInfo> results = new("--results") { Description = "Folder for the report", DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("proof", "results")) };
Option<string?> target = new("--target") { Description = $"One target only: {string.Join(", ", names)}" };
Option<int> seconds = new("--seconds") { Description = "Seconds for each target", DefaultValueFactory = _ => 120 };
Option<long> executions = new("--executions") { Description = "Executions at most for each target", DefaultValueFactory = _ => long.MaxValue };
Option<int> seed = new("--seed") { Description = "Where chance begins; a run with the same seed and executions is the same", DefaultValueFactory = _ => Environment.TickCount & int.MaxValue };
Option<bool> keep = new("--keep") { Description = "Add what reaches something new to the corpus" };
Option<bool> quick = new("--quick") { Description = "5 seconds for each target, and no report" };
Option<FileInfo?> replay = new("--replay") { Description = "Run the inputs of this file, and nothing else" };
target.AcceptOnlyFromAmong(names);

RootCommand root = new("Fuzzes the parsers and whole connections; exit code 0 only when every promise was kept.") { results, target, seconds, executions, seed, keep, quick, replay };
root.SetAction(async (parsed, cancellation) =>
{
    if (parsed.GetValue(replay) is { } file) return ShowReplay(file);
    if (!InstrumentedCopy.IsThis) return await InstrumentedCopy.RunAsync(args, cancellation).ConfigureAwait(false);

    string folder = parsed.GetValue(results)!.FullName;
    var settings = new FuzzSettings
    {
        Target = parsed.GetValue(target),
        Budget = new FuzzBudget(parsed.GetValue(executions), TimeSpan.FromSeconds(parsed.GetValue(quick) ? 5 : parsed.GetValue(seconds))),
        Seed = parsed.GetValue(seed),
        Keep = parsed.GetValue(keep),
        CorpusFolder = Path.Combine(folder, "..", "Portok.Fuzz", "corpus"),
        FindsFolder = Path.Combine(folder, "..", "..", "artifacts", "fuzz"),
    };
    IReadOnlyList<FuzzOutcome> outcomes = new FuzzRun(settings, Console.Out).Run(cancellation);
    if (!parsed.GetValue(quick) && settings.Target is null) FuzzReport.Write(Path.Combine(folder, "fuzz.md"), outcomes, settings);
    return outcomes.Any(o => o.Finds.Count > 0) ? 1 : 0;
});
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);

static int ShowReplay(FileInfo file)
{
    if (!file.Exists)
    {
        Console.Error.WriteLine($"{file.FullName} is not there.");
        return 2;
    }

    IReadOnlyList<Find> finds = Replay.File(file.FullName);
    foreach (Find find in finds) Console.WriteLine($"{Corpus.Escape(find.Input)}\n{find.Fault}\n");
    Console.WriteLine(finds.Count == 0 ? "Every promise was kept." : $"{finds.Count} broken.");
    return finds.Count == 0 ? 0 : 1;
}

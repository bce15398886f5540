using Portok.Fuzz;
using Portok.Fuzz.Reporting;
using Portok.Fuzz.Targets;
using Portok.Proof;

return await ProofProgram.RunAsync<FuzzOptions>(args, options => Task.FromResult(Prove(options)));

bool Prove(FuzzOptions options)
{
    if (options.Replay is { } file) return Replay.Run(TargetList.Make(options.Targets[0]), file, Console.Out);

    var runs = new List<TargetRun>();
    foreach (string target in options.Targets) runs.Add(TargetRun.Run(target, options, Console.Out));
    if (options.Results is { } results) FuzzReport.Write(results, runs, args);
    return runs.All(r => r.Finds.Count == 0);
}

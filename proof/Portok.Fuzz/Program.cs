using Portok.Fuzz;
using Portok.Fuzz.Reporting;
using Portok.Fuzz.Targets;

FuzzOptions options;
try
{
    options = FuzzOptions.Parse(args);
}
catch (FormatException fault)
{
    Console.Error.WriteLine(fault.Message);
    Console.Error.WriteLine(FuzzOptions.Usage);
    return 2;
}

if (options.Help)
{
    Console.WriteLine(FuzzOptions.Usage);
    Console.WriteLine($"\n  targets: {string.Join(", ", TargetList.Names)}");
    return 0;
}

if (options.Replay is { } file) return Replay.Run(TargetList.Make(options.Targets[0]), file, Console.Out);

var runs = new List<TargetRun>();
foreach (string target in options.Targets) runs.Add(TargetRun.Run(target, options, Console.Out));
if (options.Results is { } results) FuzzReport.Write(results, runs, args);
return runs.All(r => r.Finds.Count == 0) ? 0 : 1;

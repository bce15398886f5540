using System.CommandLine;
using Portok.Compare;
using Portok.Compare.Processes;
using Portok.Compare.Results;
using Spectre.Console;

Option<int> rounds = new("--rounds") { Description = "interleaved rounds", DefaultValueFactory = _ => 4 };
Option<double> seconds = new("--seconds") { Description = "whole seconds of each peer in each round", DefaultValueFactory = _ => 2 };
Option<bool> quick = new("--quick") { Description = "2 rounds of 1 s: whether it runs, not how fast" };
Option<string[]> scenario = new("--scenario") { Description = "a scenario by name (may be repeated)", DefaultValueFactory = _ => [] };
Option<string[]> only = new("--only") { Description = "a peer by name: portokd, nginx, haproxy (may be repeated)", DefaultValueFactory = _ => [] };
Option<string?> portokd = new("--portokd") { Description = "the portokd to measure" };
Option<string> kind = new("--portokd-kind") { Description = "how it was compiled", DefaultValueFactory = _ => "native" };
Option<bool> json = new("--json") { Description = "JSON on standard output instead of tables" };
Option<string?> results = new("--results") { Description = "folder for a JSON and a Markdown file" };
RootCommand root = new("Measures portokd side by side with other proxies.") { rounds, seconds, quick, scenario, only, portokd, kind, json, results };

root.SetAction(parsed =>
{
    bool isQuick = parsed.GetValue(quick);
    var options = new CompareOptions
    {
        Rounds = isQuick ? 2 : Math.Max(1, parsed.GetValue(rounds)),
        Seconds = isQuick ? 1 : Math.Max(1, Math.Round(parsed.GetValue(seconds))),
        Scenarios = parsed.GetValue(scenario) ?? [],
        Only = parsed.GetValue(only) ?? [],
        Portokd = parsed.GetValue(portokd),
        PortokdKind = parsed.GetValue(kind) ?? "native",
        Json = parsed.GetValue(json),
        ResultsFolder = parsed.GetValue(results),
    };
    try
    {
        return Measure(options);
    }
    catch (CompareException fault)
    {
        Console.Error.WriteLine(fault.Message);
        return 1;
    }
});
return root.Parse(args).Invoke();

static int Measure(CompareOptions options)
{
    Report report = Comparison.Run(options, line => Console.Error.WriteLine($"  {line}"));
    if (options.Json)
    {
        Console.WriteLine(ResultFiles.ToJson(report));
    }
    else
    {
        IAnsiConsole console = AnsiConsole.Console;
        // Without a terminal there is no width to keep to, and a wrapped table is hard to read.
        console.Profile.Width = Math.Max(console.Profile.Width, 150);
        TerminalReport.Write(report, console);
    }

    if (options.ResultsFolder is { } folder)
    {
        Console.Error.WriteLine($"written: {ResultFiles.Write(report, folder)}");
    }

    // A figure bought with failed requests is none.
    long errors = report.Summaries.Sum(summary => summary.Errors);
    if (errors > 0)
    {
        Console.Error.WriteLine($"{errors} requests failed");
    }

    return errors == 0 ? 0 : 1;
}

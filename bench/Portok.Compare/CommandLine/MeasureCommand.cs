using Portok.Compare.Processes;
using Portok.Compare.Results;
using Portok.Compare.Scenarios;
using Spectre.Console;

namespace Portok.Compare.CommandLine;

/// <summary>Measures, tells, and writes what it found after every scenario: a run that is cut off has lost only one.</summary>
internal sealed class MeasureCommand(CompareOptions options, ResultStore? store, bool json)
{
    private const int WidthWithoutTerminal = 200;

    private readonly IAnsiConsole _console = AnsiConsole.Console;
    private readonly Progress _progress = new(Console.Error, Console.IsErrorRedirected);
    private int _failed;

    public int Run()
    {
        List<ScenarioResult> results = Measure();
        if (json)
        {
            Console.WriteLine(ResultStore.ToJson(results));
        }
        else
        {
            TerminalReport.WriteTargets(results, _console);
        }

        // A figure bought with failed requests is none.
        foreach (ScenarioResult result in results.Where(result => result.Errors > 0))
        {
            Console.Error.WriteLine($"{result.Name}: {result.Errors} requests failed");
        }

        return _failed == 0 && results.TrueForAll(result => result.Errors == 0) ? 0 : 1;
    }

    /// <summary>All scenarios; one that cannot be measured is said and does not stop the others.</summary>
    public List<ScenarioResult> Measure()
    {
        // Without a terminal there is no width to keep to, and a wrapped table is hard to read.
        _console.Profile.Width = Math.Max(_console.Profile.Width, WidthWithoutTerminal);
        var comparison = new Comparison(options, _progress.Tell);
        var results = new List<ScenarioResult>();
        foreach (Scenario scenario in comparison.Scenarios)
        {
            try
            {
                results.Add(comparison.Measure(scenario));
            }
            catch (CompareException fault)
            {
                _failed++;
                _progress.Done();
                Console.Error.WriteLine($"{scenario.Name} was not measured: {fault.Message}");
                continue;
            }

            _progress.Done();
            if (!json)
            {
                TerminalReport.Write(results[^1], _console);
            }

            store?.Save(results[^1]);
        }

        if (store is not null && results.Count > 0)
        {
            Console.Error.WriteLine($"written: {MarkdownReport.Write(store)}");
        }

        return results;
    }

    /// <summary>Whether a scenario could not be measured.</summary>
    public bool HasFailed => _failed > 0;
}

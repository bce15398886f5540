using Portok.Compare.Results;
using Portok.Compare.Scenarios;
using Portok.Compare.Targets;

namespace Portok.Compare.CommandLine;

/// <summary>Measures npm portok's scenarios and judges its acceptance criteria.</summary>
internal sealed class ValidateCommand(CompareOptions options, ResultStore? store, bool json)
{
    public int Run()
    {
        var measure = new MeasureCommand(options, store, json);
        List<ScenarioResult> results = measure.Measure();
        IReadOnlyList<Verdict> verdicts = TargetTable.Verdicts(results);
        if (json)
        {
            Console.WriteLine(ResultStore.ToJson(verdicts.Select(Criterion)));
        }
        else
        {
            foreach (Verdict verdict in verdicts)
            {
                string unit = ScenarioCatalogue.Find(verdict.Scenario)!.Unit;
                string format = verdict.Target.Peer is null ? verdict.Target.Figure.Format : "0.00";
                Console.WriteLine($"{(verdict.MustMet == true ? "pass" : "FAIL")}  {verdict.Scenario}: {Wording.What(verdict.Target, unit)} {Wording.Bound(verdict.Target, verdict.Target.Must, null)}, found {Wording.Ranged(verdict.Found, format)}");
            }
        }

        return !measure.HasFailed && verdicts.Count > 0 && verdicts.All(verdict => verdict.MustMet == true) ? 0 : 1;
    }

    private static object Criterion(Verdict verdict) => new
    {
        verdict.Scenario,
        Figure = verdict.Target.Figure.Key,
        Over = verdict.Target.Peer,
        verdict.Target.Must,
        verdict.Target.AtLeast,
        verdict.Found,
        Passed = verdict.MustMet == true,
    };
}

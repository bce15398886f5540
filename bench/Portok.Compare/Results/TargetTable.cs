using Portok.Compare.Measuring;
using Portok.Compare.Scenarios;
using Portok.Compare.Targets;

namespace Portok.Compare.Results;

/// <summary>Each target beside its figure: the first page.</summary>
internal static class TargetTable
{
    public static readonly string[] Headings = ["scenario", "figure", "found", "must", "goal", "falls short of", "against the others"];

    public static IReadOnlyList<string[]> Rows(IReadOnlyList<ScenarioResult> results)
    {
        var rows = new List<string[]>();
        foreach (Scenario scenario in ScenarioCatalogue.All.Where(scenario => scenario.Targets.Count > 0))
        {
            ScenarioResult? result = results.FirstOrDefault(result => string.Equals(result.Name, scenario.Name, StringComparison.Ordinal));
            if (result is null)
            {
                continue;
            }

            string title = scenario.Title;
            foreach (Verdict verdict in Verdict.Of(result, scenario.Targets))
            {
                rows.Add(Row(title, scenario.Unit, verdict, Others(result, verdict.Target)));
                title = "";
            }
        }

        if (Growth(results) is { } growth)
        {
            rows.Add(Row(growth.Title, "request", growth, string.Join(", ", GrowthOfOthers(results))));
        }

        return rows;
    }

    /// <summary>Every target that was measured.</summary>
    public static IReadOnlyList<Verdict> Verdicts(IReadOnlyList<ScenarioResult> results) =>
    [
        .. from result in results
           let scenario = ScenarioCatalogue.Find(result.Name)
           where scenario is not null
           from verdict in Verdict.Of(result, scenario.Targets)
           select verdict,
    ];

    /// <summary>Cost grows straight: a request among 500 connections costs what one among 64 does.</summary>
    private static Verdict? Growth(IReadOnlyList<ScenarioResult> results) =>
        Growths(results).FirstOrDefault(growth => growth.IsSubject) is { Peer: not null } own
            ? new Verdict(Target.Own(Figures.Cpu, 1.10, null), "growth", "CPU per request at 500 connections ÷ that at 64", Spread.Of([own.Times]))
            : null;

    private static IEnumerable<string> GrowthOfOthers(IReadOnlyList<ScenarioResult> results) =>
        Growths(results).Where(growth => !growth.IsSubject).Select(growth => $"{growth.Peer} {Wording.Number(growth.Times, "0.00")}");

    private static IEnumerable<(string Peer, bool IsSubject, double Times)> Growths(IReadOnlyList<ScenarioResult> results)
    {
        ScenarioResult? few = results.FirstOrDefault(result => Is(result.Name, "12b-64")), many = results.FirstOrDefault(result => Is(result.Name, "12b-500"));
        return few is null || many is null
            ? []
            : from atFew in PeerSummary.Of(few)
              from atMany in PeerSummary.Of(many)
              where Is(atFew.Peer, atMany.Peer)
              select (atFew.Peer, Is(atFew.Peer, few.Subject), atMany.Values[Figures.Cpu.Key].Median / atFew.Values[Figures.Cpu.Key].Median);
    }

    private static string[] Row(string title, string unit, Verdict verdict, string others)
    {
        string format = verdict.Target.Peer is null ? verdict.Target.Figure.Format : "0.00";
        return
        [
            title,
            Wording.What(verdict.Target, unit),
            verdict.Found is null ? "not measured" : Wording.Ranged(verdict.Found, format),
            Wording.Bound(verdict.Target, verdict.Target.Must, verdict.MustMet),
            Wording.Bound(verdict.Target, verdict.Target.Goal, verdict.GoalMet),
            Wording.Shortfall(verdict),
            others,
        ];
    }

    /// <summary>The same figure against the peers that no target names, or theirs beside one of Portok's own.</summary>
    private static string Others(ScenarioResult result, Target target)
    {
        IEnumerable<string> parts = from summary in PeerSummary.Of(result)
                                    where !Is(summary.Peer, result.Subject) && !Is(summary.Peer, target.Peer)
                                    let value = target.Peer is null ? summary.Values.GetValueOrDefault(target.Figure.Key) : summary.Ratios.GetValueOrDefault(target.Figure.Key)
                                    where value is not null
                                    select $"{summary.Peer} {Wording.Number(value.Median, target.Peer is null ? target.Figure.Format : "0.00")}";
        return string.Join(", ", parts);
    }

    private static bool Is(string peer, string? other) => string.Equals(peer, other, StringComparison.Ordinal);
}

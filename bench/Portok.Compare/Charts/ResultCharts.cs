using Portok.Compare.Curve;
using Portok.Compare.Measuring;
using Portok.Compare.Npm;
using Portok.Compare.Peers;
using Portok.Compare.Results;
using Portok.Compare.Scenarios;

namespace Portok.Compare.Charts;

/// <summary>The pictures of a report.</summary>
internal static class ResultCharts
{
    private const string Reference = "nginx";

    private static readonly string[] Order = [PortokPeer.Default, Reference, "haproxy", "caddy", "yarp", "http-proxy"];

    public static IEnumerable<(string File, string Shows, string Svg)> Of(IReadOnlyList<ScenarioResult> results)
    {
        var summaries = results.ToDictionary(result => result, result => PeerSummary.Of(result).ToDictionary(summary => summary.Peer, StringComparer.Ordinal));
        List<ScenarioResult> costs = [.. results.Where(result => result.Group is not (CurveCatalogue.CurveGroup or CurveCatalogue.MemoryGroup or NpmCatalogue.Group) && Median(result, Reference, Figures.Cpu) is > 0)];
        if (costs.Count > 0)
        {
            yield return ("cpu.svg", "CPU of each proxy beside nginx's, scenario by scenario", Costs(costs));
        }

        List<ScenarioResult> curve = [.. results.Where(result => CurveCatalogue.Connections(result.Name) is not null)];
        if (curve.Count > 1)
        {
            yield return ("curve.svg", "CPU per request over the number of connections", CostCurve(curve));
        }

        List<ScenarioResult> memory = [.. results.Where(result => summaries[result].Values.Any(summary => summary.Values.ContainsKey(Figures.KiBEach.Key)))];
        if (memory.Count > 0)
        {
            yield return ("memory.svg", "Process memory of each connection", Memory(memory));
        }

        double? Median(ScenarioResult result, string peer, Figure figure) =>
            summaries[result].GetValueOrDefault(peer)?.Values.GetValueOrDefault(figure.Key)?.Median;

        string[] Names(IEnumerable<ScenarioResult> shown) =>
            [.. Order.Where(name => shown.Any(result => summaries[result].ContainsKey(name)))];

        string Costs(List<ScenarioResult> shown)
        {
            string[] names = Names(shown);
            return new BarChart(
                "CPU per request, message or event: nginx is 1",
                "Shorter is cheaper. The marks on Portok's bar: what it must keep under, and its goal.",
                names,
                [
                    .. shown.Select(result => new BarGroup(
                        result.Title,
                        [.. names.Select(name => Median(result, name, Figures.Cpu) / Median(result, Reference, Figures.Cpu))],
                        [.. (ScenarioCatalogue.Find(result.Name)?.Targets ?? []).Where(target => target.Figure == Figures.Cpu && target.Peer is Reference)
                            .SelectMany(target => new[] { target.Must, target.Goal }).OfType<double>()])),
                ],
                "0.00",
                Longest: 2).ToSvg();
        }

        string CostCurve(List<ScenarioResult> shown) => new LineChart(
            "CPU per request over the number of connections",
            "12-byte answers, kept connections, as many requests as they allow; µs of the proxy's CPU.",
            "client connections",
            [
                .. Names(shown).Select(name => new Line(
                    name,
                    [.. from result in shown
                        let cpu = Median(result, name, Figures.Cpu)
                        where cpu is not null
                        orderby CurveCatalogue.Connections(result.Name)
                        select ((double)CurveCatalogue.Connections(result.Name)!, cpu.Value)])),
            ]).ToSvg();

        string Memory(List<ScenarioResult> shown)
        {
            string[] names = Names(shown);
            return new BarChart(
                "Process memory of each connection, KiB",
                "Growth of the resident memory of the proxy's processes over the connections; the kernel's part is not in it.",
                names,
                [.. shown.Select(result => new BarGroup(result.Title, [.. names.Select(name => Median(result, name, Figures.KiBEach))], []))],
                "0.00").ToSvg();
        }
    }
}

using System.Globalization;
using Portok.Compare.Measuring;

namespace Portok.Compare.Results;

/// <summary>The result of one scenario: a row for each peer, the figures that were measured, the subject's over the peer's.</summary>
internal sealed class ScenarioTable
{
    private ScenarioTable(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows) => (Headings, Rows) = (headings, rows);

    public IReadOnlyList<string> Headings { get; }

    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    public static ScenarioTable Of(ScenarioResult result)
    {
        IReadOnlyList<PeerSummary> summaries = PeerSummary.Of(result);
        Figure[] figures = [.. Figures.All.Where(figure => summaries.Any(summary => summary.Values.ContainsKey(figure.Key)))];
        Figure[] compared = [.. figures.Where(figure => summaries.Any(summary => summary.Ratios.ContainsKey(figure.Key)))];
        return new ScenarioTable(
            ["peer", .. figures.Select(figure => Wording.Heading(figure, result.Unit)), "errors", .. compared.Select(figure => $"{Short(figure)} ÷")],
            [
                .. summaries.Select(summary => (IReadOnlyList<string>)
                [
                    summary.Peer,
                    .. figures.Select(figure => summary.Values.TryGetValue(figure.Key, out Spread? value) ? Wording.Number(value.Median, figure.Format) : ""),
                    summary.Errors.ToString("#,0", CultureInfo.InvariantCulture),
                    .. compared.Select(figure => Wording.Ranged(summary.Ratios.GetValueOrDefault(figure.Key), "0.00")),
                ]),
            ]);
    }

    public static string Caption(ScenarioResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{result.Rounds} {(result.Rounds == 1 ? "round" : "interleaved rounds")} of {result.SecondsPerRound:0.#} s, {result.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, load average {result.Machine.LoadAverage} before and {result.LoadAverageAfter} after. ÷: {result.Subject}'s figure over the peer's, median of the rounds (min–max).");

    private static string Short(Figure figure) => figure.Key switch
    {
        "cpu" => "CPU",
        "rate" => "rate",
        "residentMiB" => "memory",
        "kibEach" => "KiB each",
        "firstByte" => "first byte",
        "startMs" => "start",
        var key => key,
    };
}

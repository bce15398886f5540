using System.Collections.Concurrent;
using System.Text;
using Portok.Differential.Cases;
using Portok.Differential.Judges;
using Portok.Differential.Peers;

namespace Portok.Differential.Running;

/// <summary>All cases through all peers, checked and judged.</summary>
internal sealed class DifferentialRun
{
    private readonly ConcurrentBag<SplitOutcome> _outcomes = [];
    private readonly ConcurrentBag<JudgeResult> _judged = [];

    private DifferentialRun(IReadOnlyList<Case> cases) => Cases = cases;

    public IReadOnlyList<Case> Cases { get; }

    public IReadOnlyList<SplitOutcome> Outcomes => [.. _outcomes];

    public IReadOnlyList<JudgeResult> Judged => [.. _judged];

    /// <summary>Everything that must not be; nothing when all claims hold.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>Runs the cases.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="peers">Portok among them.</param>
    /// <param name="laneCount">Cases at once.</param>
    /// <param name="splits">The splits of a case through a peer.</param>
    public static async Task<DifferentialRun> RunAsync(IReadOnlyList<Case> cases, IReadOnlyList<IPeer> peers, int laneCount, Func<Case, string, IEnumerable<Split>> splits)
    {
        var run = new DifferentialRun(cases);
        await using Lanes lanes = await Lanes.StartAsync(peers, laneCount);
        var work = from scripted in cases from peer in peers from split in splits(scripted, peer.Name) select (scripted, peer.Name, split);
        await lanes.RunAsync(work, async (lane, piece) =>
        {
            (Case scripted, string peer, Split split) = piece;
            Way way = lane[peer];
            Outcome outcome = await OnceAsync(way, scripted, split, patience: 1);
            // On a busy machine an answer may only be late: silence is believed when it lasts.
            if (IsSilence(scripted, outcome)) outcome = await OnceAsync(way, scripted, split, patience: 5);
            run._outcomes.Add(new SplitOutcome(scripted, peer, split, outcome, way.Origin.Port));
        });
        await run.JudgeAsync(laneCount);
        run.Faults = [.. run.FaultsOf().Order(StringComparer.Ordinal)];
        return run;
    }

    /// <summary>The outcomes of one case through one peer, whole first.</summary>
    public IReadOnlyList<SplitOutcome> Of(Case scripted, string peer) =>
        [.. _outcomes.Where(run => run.Case == scripted && run.Peer == peer).OrderBy(run => run.Split.Cuts.Count == 0 ? 0 : 1).ThenBy(run => run.Split.Name, StringComparer.Ordinal)];

    private static Task<Outcome> OnceAsync(Way way, Case scripted, Split split, int patience) =>
        scripted.Kind == CaseKind.Request ? RequestRun.RunAsync(way, scripted, split, patience) : ResponseRun.RunAsync(way, scripted, split, patience);

    private static bool IsSilence(Case scripted, Outcome outcome) =>
        outcome.Next == "none" || (outcome.Ending == Wire.Ending.Open && !scripted.Expect.Contains(outcome.Words)
            && (outcome.Words == "waits" ? 0 : outcome.Words.Split(' ').Length) < scripted.Expect[0].Split(' ').Length);

    private IEnumerable<string> FaultsOf()
    {
        foreach (IGrouping<Case, SplitOutcome> of in _outcomes.Where(run => run.Peer == PortokPeer.PeerName).GroupBy(run => run.Case))
        {
            foreach (string fault in Expectations.Check([.. of.OrderBy(run => run.Split.Cuts.Count).ThenBy(run => run.Split.Name, StringComparer.Ordinal)])) yield return fault;
        }

        foreach (JudgeResult judged in _judged.Where(result => result.Violation is not null)) yield return $"{judged.Case}: {judged.Judge}: {judged.Violation}";
    }

    /// <summary>Every distinct stream of bytes that Portok wrote, in any split, goes to the judges.</summary>
    private async Task JudgeAsync(int width)
    {
        await using OriginJudges origins = await OriginJudges.StartAsync();
        using var node = new NodeClient();
        IClientJudge[] clients = [node, new DotNetClient(), new CurlClient()];
        SplitOutcome[] distinct =
        [
            .. _outcomes.Where(run => run.Peer == PortokPeer.PeerName && IsJudged(run)).DistinctBy(run => (run.Case, EscapedBytes.Write(Written(run)))),
        ];
        await Parallel.ForEachAsync(distinct, new ParallelOptions { MaxDegreeOfParallelism = width }, async (run, _) =>
        {
            IReadOnlyList<(string Judge, int Refused, string? Violation)> verdicts = run.Case.Kind == CaseKind.Request
                ? await RequestVerdict.OfAsync(run.Outcome.Exchanges, origins.All)
                : await ResponseVerdict.OfAsync(run.Outcome, Encoding.ASCII.GetString(run.Case.Request).Split(' ')[0], clients);
            foreach ((string judge, int refused, string? violation) in verdicts) _judged.Add(new JudgeResult(run.Case.Name, judge, refused, violation));
        });
    }

    /// <summary>Not where nothing was written, nor what was said to clients that the judges do not play: of HTTP/1.0, of an upgrade.</summary>
    private static bool IsJudged(SplitOutcome run)
    {
        string request = Encoding.ASCII.GetString(run.Case.Request);
        return Written(run).Length > 0 && !request.Contains("HTTP/1.0", StringComparison.Ordinal) && !request.Contains("Upgrade", StringComparison.Ordinal);
    }

    /// <summary>What Portok wrote to the judged side.</summary>
    private static byte[] Written(SplitOutcome run) =>
        run.Case.Kind == CaseKind.Request ? [.. run.Outcome.Exchanges.SelectMany(exchange => exchange.Bytes)] : run.Outcome.Received;
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Portok.Differential.Cases;
using Portok.Differential.Peers;
using Portok.Differential.Running;

namespace Portok.Differential.Reporting;

/// <summary>What a run found, for people and for programs. Holds nothing that differs from run to run.</summary>
internal sealed class DifferentialReport
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DifferentialRun _run;
    private readonly IReadOnlyDictionary<string, Rule> _rules;
    private readonly IReadOnlyList<IPeer> _peers;
    private readonly Dictionary<(string Case, string Peer), IReadOnlyList<SplitOutcome>> _outcomes;

    public DifferentialReport(DifferentialRun run, IReadOnlyDictionary<string, Rule> rules, IReadOnlyList<IPeer> peers)
    {
        (_run, _rules, _peers) = (run, rules, peers);
        _outcomes = run.Outcomes.GroupBy(outcome => (outcome.Case.Name, outcome.Peer))
            .ToDictionary(group => group.Key, group => (IReadOnlyList<SplitOutcome>)[.. group.OrderBy(outcome => outcome.Split.Cuts.Count).ThenBy(outcome => outcome.Split.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The run in a few lines.</summary>
    public IEnumerable<string> Figures
    {
        get
        {
            int requests = _run.Cases.Count(scripted => scripted.Kind == CaseKind.Request);
            yield return Text($"{requests} request cases, {_run.Cases.Count - requests} response cases");
            foreach (IPeer peer in _peers)
                yield return Text($"{peer.Name}: {_run.Outcomes.Count(outcome => outcome.Peer == peer.Name)} exchanges");
            foreach (IPeer peer in Others)
                yield return $"{peer.Name} against Portok: {string.Join(", ", Enum.GetValues<Contrast>().Select(contrast => Text($"{Count(_run.Cases, peer, contrast)} {Contrasts.Title(contrast)}")))}";
            foreach (IGrouping<string, JudgeResult> judge in _run.Judged.GroupBy(result => result.Judge).OrderBy(group => group.Key, StringComparer.Ordinal))
                yield return Text($"judge {judge.Key}: {judge.Count()} streams, {judge.Count(result => result.Refused > 0)} refused in part, {judge.Count(result => result.Violation is not null)} read otherwise");
            yield return Text($"{_run.Faults.Count} faults");
        }
    }

    private IEnumerable<IPeer> Others => _peers.Where(peer => peer.Name != PortokPeer.PeerName);

    /// <summary>The words of a case through a peer, of every split that gave others.</summary>
    public string Words(Case scripted, string peer) => string.Join(" or ", _outcomes[(scripted.Name, peer)].Select(outcome => outcome.Outcome.Words).Distinct());

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "differential.md"), Markdown());
        File.WriteAllLines(Path.Combine(folder, "differential.json"), Lines());
    }

    private string Markdown()
    {
        var text = new StringBuilder();
        text.AppendLine("# Differential run\n");
        text.AppendLine("Written by `./prove differential`. The same bytes through Portok and three peers; what each forwarded to the app or answered to the");
        text.AppendLine("client, and where that differs, by the rule it is about. `relayed` is an answer of the app, a number a status; `-cut` means");
        text.AppendLine("that the answer did not end, `waits` that nothing came, `closed` that the connection ended without a word.\n");
        text.AppendLine("| peer | version | set up |\n|---|---|---|");
        foreach (IPeer peer in _peers) text.AppendLine($"| {peer.Name} | {peer.Version} | {peer.Setup} |");
        text.AppendLine();
        foreach (string line in Figures) text.AppendLine($"- {line}");
        text.AppendLine("\n## By rule\n");
        text.AppendLine($"Cases that come out otherwise than through Portok, of all.\n\n| rule | cases | {string.Join(" | ", Others.Select(peer => peer.Name))} |");
        text.AppendLine($"|---|---|{string.Concat(Others.Select(_ => "---|"))}");
        foreach ((Rule rule, Case[] cases) in Grouped())
            text.AppendLine($"| [{rule.Title}](#{Anchor(rule.Title)}) | {cases.Length} | {string.Join(" | ", Others.Select(peer => Differing(cases, peer)))} |");
        foreach ((Rule rule, Case[] cases) in Grouped()) AppendRule(text, rule, cases);
        return text.ToString();
    }

    private void AppendRule(StringBuilder text, Rule rule, Case[] cases)
    {
        text.AppendLine($"\n## {rule.Title}\n\n{rule.Why} [The rule](../../docs/wire-rules/{rule.Page}).\n");
        Case[] differing = [.. cases.Where(scripted => Others.Any(peer => Of(scripted, peer) != Contrast.Same))];
        string[] same = [.. cases.Except(differing).Select(scripted => $"`{scripted.Name}` {Words(scripted, PortokPeer.PeerName)}")];
        if (differing.Length > 0)
        {
            text.AppendLine($"| case | Portok | {string.Join(" | ", Others.Select(peer => peer.Name))} |\n|---|---|{string.Concat(Others.Select(_ => "---|"))}");
            foreach (Case scripted in differing)
                text.AppendLine($"| {scripted.Name} ({scripted.Group}) | {Cell(scripted, PortokPeer.PeerName)} | {string.Join(" | ", Others.Select(peer => Of(scripted, peer) == Contrast.Same ? "same" : Cell(scripted, peer.Name)))} |");
        }

        if (same.Length > 0) text.AppendLine($"{(differing.Length > 0 ? "\n" : "")}The same everywhere: {string.Join(", ", same)}.");
    }

    private string Cell(Case scripted, string peer)
    {
        string passed = Contrasts.Short(_outcomes[(scripted.Name, peer)][0]);
        return $"{Words(scripted, peer)}{(passed.Length > 0 ? $": {Code(passed)}" : "")}";
    }

    /// <summary>Text of the wire in a cell of a table.</summary>
    private static string Code(string text) => $"`{string.Concat(text.Select(c => c is < ' ' or > '~' and not '…' ? '?' : c == '`' ? '\'' : c)).Replace("|", "\\|", StringComparison.Ordinal)}`";

    private IEnumerable<string> Lines()
    {
        yield return "[";
        for (int i = 0; i < _run.Cases.Count; i++)
        {
            Case scripted = _run.Cases[i];
            var row = new
            {
                name = scripted.Name,
                kind = scripted.Kind.ToString().ToLowerInvariant(),
                rule = scripted.Rule,
                group = scripted.Group,
                splits = _outcomes[(scripted.Name, PortokPeer.PeerName)].Count,
                outcome = _peers.ToDictionary(peer => peer.Name, peer => Words(scripted, peer.Name)),
                passed = _peers.ToDictionary(peer => peer.Name, peer => Contrasts.Short(_outcomes[(scripted.Name, peer.Name)][0])),
                stricter = _run.Judged.Where(result => result.Case == scripted.Name && result.Refused > 0).Select(result => result.Judge).Distinct().Order(StringComparer.Ordinal),
            };
            yield return JsonSerializer.Serialize(row, Json) + (i + 1 < _run.Cases.Count ? "," : "");
        }

        yield return "]";
    }

    private IEnumerable<(Rule Rule, Case[] Cases)> Grouped() =>
        _rules.Values.Select(rule => (rule, _run.Cases.Where(scripted => scripted.Rule == rule.Id).ToArray())).Where(pair => pair.Item2.Length > 0);

    private Contrast Of(Case scripted, IPeer peer) => Contrasts.Of(_outcomes[(scripted.Name, PortokPeer.PeerName)], _outcomes[(scripted.Name, peer.Name)]);

    private int Count(IEnumerable<Case> cases, IPeer peer, Contrast contrast) => cases.Count(scripted => Of(scripted, peer) == contrast);

    private string Differing(Case[] cases, IPeer peer)
    {
        string[] kinds = [.. Enum.GetValues<Contrast>().Where(contrast => contrast != Contrast.Same)
            .Select(contrast => (contrast, count: Count(cases, peer, contrast))).Where(pair => pair.count > 0).Select(pair => Text($"{pair.count} {Contrasts.Title(pair.contrast)}"))];
        return kinds.Length == 0 ? "none" : string.Join(", ", kinds);
    }

    private static string Anchor(string title) => string.Concat(title.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

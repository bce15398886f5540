using System.CommandLine;
using Portok.Compare.Results;

namespace Portok.Compare.CommandLine;

/// <summary>What every command that measures takes.</summary>
internal sealed class MeasuringOptions
{
    private readonly Option<int> _rounds = new("--rounds") { Description = "interleaved rounds", DefaultValueFactory = _ => 5 };
    private readonly Option<double> _seconds = new("--seconds") { Description = "whole seconds of each peer in each round", DefaultValueFactory = _ => 2 };
    private readonly Option<bool> _quick = new("--quick") { Description = "2 rounds of 1 s: whether it runs, not how fast" };
    private readonly Option<bool> _long = new("--long") { Description = "100 switches and a million requests in the scenario switch" };
    private readonly Option<string[]> _scenario = new("--scenario") { Description = "a scenario by name, or a family of them (may be repeated)", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _group = new("--group") { Description = "a group of scenarios (may be repeated)", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _only = new("--only") { Description = "a peer by name (may be repeated)", DefaultValueFactory = _ => [] };
    private readonly Option<bool> _allPeers = new("--all-peers") { Description = "Caddy, YARP and npm http-proxy too" };
    private readonly Option<string?> _portokd = new("--portokd") { Description = "the portokd to measure" };
    private readonly Option<string> _kind = new("--portokd-kind") { Description = "how it was compiled", DefaultValueFactory = _ => "native" };
    private readonly Option<string?> _jit = new("--portokd-jit") { Description = "a JIT build, for the peer portokd-jit" };
    private readonly Option<string?> _base = new("--portokd-base") { Description = "an earlier commit's build, for the peer portokd-base" };
    private readonly Option<bool> _json = new("--json") { Description = "JSON on standard output instead of tables" };

    public Option<string?> Results { get; } = new("--results") { Description = "folder of the result files and their report" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _rounds, _seconds, _quick, _long, _scenario, _group, _only, _allPeers, _portokd, _kind, _jit, _base, _json, Results })
        {
            command.Options.Add(option);
        }
    }

    public CompareOptions Read(ParseResult parsed)
    {
        bool quick = parsed.GetValue(_quick);
        return new CompareOptions
        {
            Rounds = quick ? 2 : Math.Max(1, parsed.GetValue(_rounds)),
            Seconds = quick ? 1 : Math.Max(1, Math.Round(parsed.GetValue(_seconds))),
            Scenarios = parsed.GetValue(_scenario) ?? [],
            Groups = parsed.GetValue(_group) ?? [],
            Only = parsed.GetValue(_only) ?? [],
            AllPeers = parsed.GetValue(_allPeers),
            Long = parsed.GetValue(_long),
            Portokd = parsed.GetValue(_portokd),
            PortokdKind = parsed.GetValue(_kind) ?? "native",
            PortokdJit = parsed.GetValue(_jit),
            PortokdBase = parsed.GetValue(_base),
        };
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Null when nothing is to be written.</summary>
    public ResultStore? Store(ParseResult parsed) => parsed.GetValue(Results) is { } folder ? new ResultStore(folder) : null;
}

using Portok.Compare.Measuring;
using Portok.Compare.Npm;
using Portok.Compare.Origins;
using Portok.Compare.Peers;
using Portok.Compare.Processes;
using Portok.Compare.Results;
using Portok.Compare.Scenarios;
using Portok.Testing;

namespace Portok.Compare;

/// <summary>Measures scenarios one after the other, each with peers and origin started anew.</summary>
internal sealed class Comparison(CompareOptions options, Action<string> progress)
{
    private const int LongRounds = 10;

    private readonly IReadOnlyList<IPeer> _all = [.. PeerCatalogue.Create(options.Portokd, options.PortokdKind, options.PortokdJit, options.PortokdBase), new DirectPeer()];

    public IReadOnlyList<Scenario> Scenarios { get; } = Choose(options);

    /// <summary>Measures one scenario.</summary>
    public ScenarioResult Measure(Scenario scenario)
    {
        var notes = new List<string>();
        List<IPeer> peers = PeersOf(scenario, notes);
        var machine = MachineFacts.Read();
        int rounds = options.Long && scenario is SwitchScenario ? LongRounds : scenario.Rounds(options.Rounds);
        using IOrigin origin = OriginCatalogue.Start(scenario.Origin);
        var hosts = new List<PeerHost>();
        try
        {
            foreach (IPeer peer in peers)
            {
                progress($"{scenario.Name}: preparing {peer.Name}");
                var host = new PeerHost(peer, origin, scenario.Holds);
                hosts.Add(host);
                Try(() => scenario.Prepare(host), host, hosts, notes);
            }

            List<Sample> samples = Turns(scenario, hosts, rounds, notes);
            return new ScenarioResult
            {
                Name = scenario.Name,
                Title = scenario.Title,
                Group = scenario.Group,
                Unit = scenario.Unit,
                At = DateTimeOffset.UtcNow,
                Machine = machine,
                Rounds = rounds,
                SecondsPerRound = options.Seconds,
                Subject = peers[0].Name,
                Origin = origin.Description,
                Load = scenario.Load,
                Peers = [.. hosts.Select(host => host.Peer).Select(peer => new PeerFacts(peer.Name, peer.Version, peer.Configuration))],
                // Rounds of a peer that did not come through are none.
                Samples = [.. samples.Where(sample => hosts.Exists(host => Is(host.Peer, sample.Peer)))],
                Notes = notes,
                LoadAverageAfter = MachineFacts.Read().LoadAverage,
            };
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
        }
    }

    /// <summary>
    /// Every round measures each peer once, starting with another one, so that what else the machine does meanwhile meets all
    /// of them alike.
    /// </summary>
    private List<Sample> Turns(Scenario scenario, List<PeerHost> hosts, int rounds, List<string> notes)
    {
        var samples = new List<Sample>();
        for (int round = 0; round < rounds; round++)
        {
            int first = round % hosts.Count;
            foreach (PeerHost host in (PeerHost[])[.. hosts[first..], .. hosts[..first]])
            {
                progress($"{scenario.Name}: round {round + 1} of {rounds}, {host.Peer.Name}");
                Try(() => samples.Add(Turn(scenario, host, round)), host, hosts, notes);
            }
        }

        return samples;
    }

    private Sample Turn(Scenario scenario, PeerHost host, int round)
    {
        Findings found = scenario.Measure(host, options.Seconds);
        foreach ((string key, double value) in host.Standing.Values)
        {
            found.Values[key] = value;
        }

        return new Sample(host.Peer.Name, round + 1, found.Values, found.Errors + (round == 0 ? host.Standing.Errors : 0));
    }

    /// <summary>A peer that fails is said and left out; without the subject there is nothing to compare.</summary>
    private void Try(Action step, PeerHost host, List<PeerHost> hosts, List<string> notes)
    {
        try
        {
            step();
        }
        catch (CompareException fault) when (host != hosts[0])
        {
            hosts.Remove(host);
            host.Dispose();
            notes.Add($"without {host.Peer.Name}: {fault.Message}");
            progress(notes[^1]);
        }
    }

    private static IReadOnlyList<Scenario> Choose(CompareOptions options)
    {
        foreach (string group in options.Groups.Where(group => !ScenarioCatalogue.Groups.Contains(group, StringComparer.Ordinal)))
        {
            throw new CompareException($"no group {group}; there are {string.Join(", ", ScenarioCatalogue.Groups)}");
        }

        foreach (string name in options.Scenarios.Where(name => ScenarioCatalogue.Named(name).Count == 0))
        {
            throw new CompareException($"no scenario {name}; there are {string.Join(", ", ScenarioCatalogue.All.Select(s => s.Name))}");
        }

        IReadOnlyList<string> groups = options.Groups.Count == 0 && options.Scenarios.Count == 0 ? ScenarioCatalogue.UsualGroups : options.Groups;
        return
        [
            .. ScenarioCatalogue.All.Where(scenario => groups.Contains(scenario.Group, StringComparer.Ordinal)),
            .. options.Scenarios.SelectMany(ScenarioCatalogue.Named),
        ];
    }

    private List<IPeer> PeersOf(Scenario scenario, List<string> notes)
    {
        IEnumerable<string> asked = options.Only.Count > 0 ? options.Only : options.AllPeers ? [.. PeerCatalogue.Usual, .. PeerCatalogue.More] : PeerCatalogue.Usual;
        string[] names = [.. asked.Concat(scenario.ExtraPeers).Distinct(StringComparer.Ordinal)];
        foreach (string name in names.Where(name => !_all.Any(peer => Is(peer, name))))
        {
            throw new CompareException($"no peer {name}; there are {string.Join(", ", _all.Select(peer => peer.Name))}");
        }

        var peers = new List<IPeer>();
        foreach (IPeer peer in _all.Where(peer => names.Any(name => Is(peer, name)) && scenario.Runs(peer)))
        {
            if (peer.Missing is not { } missing)
            {
                peers.Add(peer);
            }
            else if (options.Only.Count > 0)
            {
                throw new CompareException($"{peer.Name} cannot run: {missing}");
            }
            else
            {
                notes.Add($"without {peer.Name}: {missing}");
                progress(notes[^1]);
            }
        }

        return peers.Count > 0 ? peers : throw new CompareException($"{scenario.Name}: there is nobody to measure");
    }

    private static bool Is(IPeer peer, string name) => string.Equals(peer.Name, name, StringComparison.Ordinal);
}

using Portok.Compare.Load;
using Portok.Compare.Machine;
using Portok.Compare.Measuring;
using Portok.Compare.Origins;
using Portok.Compare.Peers;
using Portok.Compare.Processes;
using Portok.Compare.Results;
using Portok.Compare.Scenarios;
using Portok.Testing;

namespace Portok.Compare;

/// <summary>Starts origin and peers, measures every scenario, ends what it started.</summary>
internal static class Comparison
{
    public static Report Run(CompareOptions options, Action<string> progress)
    {
        IReadOnlyList<Scenario> scenarios = Choose(options);
        List<IPeer> peers = ChoosePeers(options, progress);
        var load = new WrkLoad();
        var machine = MachineFacts.Read();
        using var scratch = new ScratchFolder();
        int[] ports = FreePorts.Find(peers.Count + 1);
        using var origin = new NginxOrigin(ports[^1], scratch);
        var running = new List<RunningPeer>();
        try
        {
            foreach ((int index, IPeer peer) in peers.Index())
            {
                progress($"starting {peer.Name}");
                running.Add(new RunningPeer(peer.Name, ports[index], peer.Start(ports[index], origin.Port, scratch)));
            }

            var runner = new RoundRunner(load, running, progress);
            Measurement[] measurements = [.. scenarios.SelectMany(scenario => runner.Run(scenario, options.Rounds, options.Seconds))];
            return new Report(
                DateTimeOffset.UtcNow,
                machine,
                options.Rounds,
                options.Seconds,
                peers[0].Name,
                NginxOrigin.Description,
                load.Version,
                [.. peers.Select(peer => new PeerFacts(peer.Name, peer.Version, peer.Configuration))],
                PeerSummary.Of(measurements, peers[0].Name),
                measurements);
        }
        finally
        {
            running.ForEach(peer => peer.Server.Dispose());
        }
    }

    private static IReadOnlyList<Scenario> Choose(CompareOptions options) => options.Scenarios.Count == 0
        ? ScenarioCatalogue.Default
        : [.. options.Scenarios.Select(name =>
            ScenarioCatalogue.All.FirstOrDefault(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal))
            ?? throw new CompareException($"no scenario {name}; there are {string.Join(", ", ScenarioCatalogue.All.Select(s => s.Name))}"))];

    private static List<IPeer> ChoosePeers(CompareOptions options, Action<string> progress)
    {
        IReadOnlyList<IPeer> all = PeerCatalogue.Create(options.Portokd, options.PortokdKind);
        foreach (string name in options.Only)
        {
            IPeer peer = all.FirstOrDefault(peer => string.Equals(peer.Name, name, StringComparison.Ordinal))
                ?? throw new CompareException($"no peer {name}; there are {string.Join(", ", all.Select(p => p.Name))}");
            if (peer.Missing is { } missing)
            {
                throw new CompareException($"{name} cannot run: {missing}");
            }
        }

        var chosen = new List<IPeer>();
        foreach (IPeer peer in all.Where(peer => options.Only.Count == 0 || options.Only.Contains(peer.Name, StringComparer.Ordinal)))
        {
            if (peer.Missing is { } missing)
            {
                progress($"without {peer.Name}: {missing}");
            }
            else
            {
                chosen.Add(peer);
            }
        }

        return chosen.Count > 0 ? chosen : throw new CompareException("there is nothing to measure");
    }
}

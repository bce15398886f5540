using Portok.Compare.Load;
using Portok.Compare.Processes;
using Portok.Compare.Scenarios;
using Portok.Testing;

namespace Portok.Compare.Measuring;

/// <summary>A peer that is running, ready for load.</summary>
internal sealed record RunningPeer(string Name, int Port, Server Server);

/// <summary>
/// Measures peers in turns: every round measures each of them once, starting with another one, so that what else the machine
/// does meanwhile meets all of them alike.
/// </summary>
internal sealed class RoundRunner(WrkLoad load, IReadOnlyList<RunningPeer> peers, Action<string> progress)
{
    private const double WarmUpSeconds = 1;

    public IReadOnlyList<Measurement> Run(Scenario scenario, int rounds, double seconds)
    {
        var measurements = new List<Measurement>();
        foreach (RunningPeer peer in peers)
        {
            progress($"{scenario.Name}: warming up {peer.Name}");
            load.Run(scenario, peer.Port, WarmUpSeconds);
        }

        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < peers.Count; turn++)
            {
                RunningPeer peer = peers[(round + turn) % peers.Count];
                progress($"{scenario.Name}: round {round + 1} of {rounds}, {peer.Name}");
                measurements.Add(Measure(scenario, peer, round + 1, seconds));
            }
        }

        return measurements;
    }

    private Measurement Measure(Scenario scenario, RunningPeer peer, int round, double seconds)
    {
        double before = ProcessTree.CpuSeconds(peer.Server.Id);
        LoadResult result = load.Run(scenario, peer.Port, seconds);
        double after = ProcessTree.CpuSeconds(peer.Server.Id);
        if (peer.Server.HasEnded)
        {
            throw new CompareException($"{peer.Name} ended under load:\n{peer.Server.Output}");
        }

        return new Measurement(
            scenario.Name,
            peer.Name,
            round,
            result.Requests,
            result.RequestsPerSecond,
            result.P50Ms,
            result.P99Ms,
            (after - before) * 1e6 / Math.Max(1, result.Requests),
            ProcessTree.ResidentKiB(peer.Server.Id),
            result.Errors);
    }
}

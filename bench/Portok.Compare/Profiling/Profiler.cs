using System.Globalization;
using Portok.Compare.Load;
using Portok.Compare.Peers;
using Portok.Compare.Processes;
using Portok.Testing;

namespace Portok.Compare.Profiling;

/// <summary>Where a peer's CPU time goes under a load: perf looks at it by its clock, which virtual machines have too.</summary>
internal sealed class Profiler(string perf)
{
    private const int SamplesPerSecond = 4999;

    /// <summary>Profiles a peer that runs.</summary>
    /// <exception cref="CompareException">perf may not look, or saw nothing.</exception>
    public StackTree Run(PeerHost host, WrkLoad load, double seconds, string title)
    {
        using var folder = new TempFolder();
        string data = folder.Combine("perf.data");
        // The load ends after perf does: every sample is one of the peer at work.
        Task<LoadResult> running = Task.Run(() => load.Run(host.Port, seconds + 2));
        string[] record =
        [
            "record", "--event", "cpu-clock", "--freq", SamplesPerSecond.ToString(CultureInfo.InvariantCulture), "--call-graph", "fp",
            "--pid", host.Server!.Id.ToString(CultureInfo.InvariantCulture), "--output", data, "--", "sleep", seconds.ToString(CultureInfo.InvariantCulture),
        ];
        (int exitCode, string output) = Command.Run(perf, record, TimeSpan.FromSeconds(seconds + 30));
        LoadResult result = running.GetAwaiter().GetResult();
        host.MustRun();
        if (exitCode != 0)
        {
            throw new CompareException($"perf could not record ({exitCode}; as root, or with kernel.perf_event_paranoid at most 1, it may):\n{output}");
        }

        (_, string script) = Command.Run(perf, ["script", "--input", data, "--fields", "comm,ip,sym,dso"], TimeSpan.FromMinutes(2));
        var tree = StackTree.Read(new StringReader(script), $"{title}, {result.PerSecond:#,0} requests a second", "portokd");
        return tree.Samples > 0 ? tree : throw new CompareException("perf saw nothing");
    }
}

using System.Globalization;
using Portok.Compare.Charts;
using Portok.Compare.Origins;
using Portok.Compare.Peers;
using Portok.Compare.Processes;
using Portok.Compare.Profiling;
using Portok.Compare.Results;
using Portok.Compare.Scenarios;

namespace Portok.Compare.CommandLine;

/// <summary>Flame graphs of portokd under the load of scenarios, and of an earlier commit's beside it.</summary>
internal sealed class ProfileCommand(CompareOptions options, ResultStore store)
{
    public const string Pattern = "flame-*.svg";
    private const double Seconds = 5;
    private static readonly string[] Usual = ["12b-64", "1m-64"];

    public int Run()
    {
        var profiler = new Profiler(Tool.Require("perf"));
        IEnumerable<string> names = options.Scenarios.Count == 0 ? Usual : options.Scenarios;
        foreach (RequestScenario scenario in names.SelectMany(Find))
        {
            foreach (IPeer peer in PeerCatalogue.Create(options.Portokd, options.PortokdKind, null, options.PortokdBase).Where(peer => peer.Name is PortokPeer.Default or PortokPeer.Base && peer.Missing is null))
            {
                Console.WriteLine(Profile(profiler, scenario, peer));
            }
        }

        Console.WriteLine(MarkdownReport.Write(store));
        return 0;
    }

    private static IEnumerable<RequestScenario> Find(string name) => ScenarioCatalogue.Named(name).OfType<RequestScenario>().ToList() is { Count: > 0 } found
        ? found
        : throw new CompareException($"no scenario {name} that can be profiled; there are {string.Join(", ", ScenarioCatalogue.All.OfType<RequestScenario>().Select(s => s.Name))}");

    private string Profile(Profiler profiler, RequestScenario scenario, IPeer peer)
    {
        using IOrigin origin = OriginCatalogue.Start(scenario.Origin);
        using var host = new PeerHost(peer, origin, scenario.Holds);
        scenario.Prepare(host);
        StackTree tree = profiler.Run(host, scenario.Requests, Seconds, $"{peer.Version}: {scenario.Title}");
        string note = string.Create(CultureInfo.InvariantCulture, $"CPU time of the process by what it was doing, {tree.Samples:#,0} samples; point at a frame for its share.");
        string file = Path.Combine(store.Folder, Pattern.Replace("*", $"{scenario.Name}-{peer.Name}", StringComparison.Ordinal));
        Directory.CreateDirectory(store.Folder);
        File.WriteAllText(file, new FlameGraph(tree, note).ToSvg());
        return file;
    }
}

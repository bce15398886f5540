using System.Collections.Concurrent;
using Portok.Differential.Peers;
using Portok.Differential.Wire;

namespace Portok.Differential.Running;

/// <summary>Peers, each with a way for every lane, so that lanes work side by side and never see each other's bytes.</summary>
internal sealed class Lanes : IAsyncDisposable
{
    private readonly List<IReadOnlyDictionary<string, Way>> _lanes = [];
    private readonly IReadOnlyList<IPeer> _peers;

    private Lanes(IReadOnlyList<IPeer> peers) => _peers = peers;

    public static async Task<Lanes> StartAsync(IReadOnlyList<IPeer> peers, int count)
    {
        var lanes = new Lanes(peers);
        var ways = Enumerable.Range(0, count).Select(_ => new Dictionary<string, Way>(StringComparer.Ordinal)).ToList();
        lanes._lanes.AddRange(ways);
        foreach (IPeer peer in peers)
        {
            RecordingOrigin[] origins = [.. ways.Select(_ => new RecordingOrigin(FreePort.Next()))];
            IReadOnlyList<int> ports = await peer.StartAsync([.. origins.Select(origin => origin.Port)]);
            for (int i = 0; i < count; i++) ways[i][peer.Name] = new Way(peer.Name, ports[i], origins[i]);
        }

        return lanes;
    }

    /// <summary>Does every piece of work, each in a lane that does nothing else meanwhile.</summary>
    public Task RunAsync<T>(IEnumerable<T> work, Func<IReadOnlyDictionary<string, Way>, T, Task> run)
    {
        var queue = new ConcurrentQueue<T>(work);
        return Task.WhenAll(_lanes.Select(lane => Task.Run(async () =>
        {
            while (queue.TryDequeue(out T? piece)) await run(lane, piece).ConfigureAwait(false);
        })));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IPeer peer in _peers) await peer.DisposeAsync();
        foreach (Way way in _lanes.SelectMany(lane => lane.Values)) way.Origin.Dispose();
    }
}

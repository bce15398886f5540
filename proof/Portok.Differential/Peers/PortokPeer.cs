using Portok.Differential.Wire;

namespace Portok.Differential.Peers;

/// <summary>The built portokd with its default settings, one daemon for each lane.</summary>
internal sealed class PortokPeer : IPeer
{
    public const string PeerName = "portok";

    private readonly List<TempInstance> _instances = [];

    public string Name => PeerName;

    public string Version => "as built from this clone";

    public string Setup => "default settings";

    public async Task<IReadOnlyList<int>> StartAsync(IReadOnlyList<int> origins)
    {
        var ports = new List<int>();
        foreach (int origin in origins)
        {
            (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(origin, ("HEALTH_PATH", RecordingOrigin.ProbePath));
            _instances.Add(instance);
            ports.Add(daemon.Port);
        }

        return ports;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (TempInstance instance in _instances) await instance.DisposeAsync();
    }
}

using Portok.Compare.Measuring;
using Portok.Compare.Origins;
using Portok.Compare.Processes;
using Portok.Testing;

namespace Portok.Compare.Peers;

/// <summary>A peer in front of the origin of one scenario, with what belongs to it there.</summary>
internal sealed class PeerHost(IPeer peer, IOrigin origin, bool holding) : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Stack<IDisposable> _kept = new();
    private Server? _server;

    public IPeer Peer => peer;

    public IOrigin Origin => origin;

    /// <summary>Where load is sent to.</summary>
    public int Port { get; private set; }

    /// <summary>Figures that hold for every round: what was measured while it was prepared.</summary>
    public Findings Standing { get; } = new();

    /// <summary>The process; null for what is no process of its own.</summary>
    public Server? Server => _server;

    public double ResidentKiB => _server is null ? 0 : ProcessTree.ResidentKiB(_server.Id);

    /// <summary>Starts it on a free port; it accepts connections when this returns.</summary>
    public void Start()
    {
        Stop();
        Port = FreePort.Next();
        _server = peer.Start(new PeerStart(Port, origin.Port, _folder, holding));
        if (_server is null)
        {
            Port = origin.Port;
        }
    }

    public void Stop()
    {
        _server?.Dispose();
        _server = null;
    }

    /// <summary>Keeps something until the scenario ends.</summary>
    public T Keep<T>(T kept)
        where T : IDisposable
    {
        _kept.Push(kept);
        return kept;
    }

    /// <summary>What was kept of a kind.</summary>
    public T Kept<T>() => _kept.OfType<T>().First();

    /// <exception cref="CompareException">It has ended by itself.</exception>
    public void MustRun()
    {
        if (_server is { HasEnded: true })
        {
            throw new CompareException($"{peer.Name} ended under load:\n{_server.Output}");
        }
    }

    public void Dispose()
    {
        while (_kept.TryPop(out IDisposable? kept))
        {
            kept.Dispose();
        }

        Stop();
        _folder.Dispose();
    }
}

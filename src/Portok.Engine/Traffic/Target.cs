using Portok.Engine.Upstreams;
using Portok.Linux.Sockets;

namespace Portok.Engine.Traffic;

/// <summary>
/// A port of the app (or the admin API's socket): its address, the cap of connections to it, and one pool per reactor, whose
/// plain counts say what still runs here.
/// </summary>
internal sealed class Target
{
    internal Target(int port, UpstreamAddress address, int reactors, int maxConnections)
    {
        Port = port;
        Address = address;
        Permits = new ConnectionPermits(maxConnections);
        Pools = new UpstreamPool[reactors];
        for (int i = 0; i < reactors; i++) Pools[i] = new UpstreamPool(this);
    }

    /// <summary>Port on 127.0.0.1; 0 for the admin API.</summary>
    internal int Port { get; }

    internal bool IsAdmin => Port == 0;

    internal UpstreamAddress Address { get; }

    internal ConnectionPermits Permits { get; }

    internal UpstreamPool[] Pools { get; }

    internal int Inflight => (int)Pools.Sum(p => Volatile.Read(ref p.Inflight));

    internal int Tunnels => (int)Pools.Sum(p => Volatile.Read(ref p.Tunnels));
}

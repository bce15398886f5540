using Portok.Linux.Sockets;

namespace Portok.Engine.Traffic;

/// <summary>
/// Says where new requests go: one volatile reference. Old targets stay known while they have work, and going back to one
/// makes it current again, work included.
/// </summary>
internal sealed class Switchboard
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Target> _targets = [];
    private readonly int _reactors;
    private readonly int _maxConnections;
    private volatile Target _active;

    internal Switchboard(int port, int reactors, int maxConnections)
    {
        _reactors = reactors;
        _maxConnections = maxConnections;
        _active = _targets[port] = NewTarget(port);
    }

    /// <summary>Where a request goes whose head has just been read.</summary>
    internal Target Active => _active;

    /// <summary>Moves new requests to a port.</summary>
    /// <returns>The target that was active before, or null when nothing changed.</returns>
    internal Target? Route(int port)
    {
        lock (_gate)
        {
            Target before = _active;
            if (before.Port == port) return null;
            foreach (Target idle in _targets.Values.Where(t => t != before && t.Inflight == 0 && t.Tunnels == 0).ToList())
                _targets.Remove(idle.Port);
            if (!_targets.TryGetValue(port, out Target? target)) _targets[port] = target = NewTarget(port);
            _active = target;
            return before;
        }
    }

    /// <summary>The target of a port while it is known.</summary>
    internal Target? Find(int port)
    {
        lock (_gate) return _targets.GetValueOrDefault(port);
    }

    /// <summary>The active target first, then those that still have work.</summary>
    internal IReadOnlyList<Target> Known()
    {
        lock (_gate)
            return [_active, .. _targets.Values.Where(t => t != _active && (t.Inflight > 0 || t.Tunnels > 0)).OrderBy(t => t.Port)];
    }

    private Target NewTarget(int port) => new(port, UpstreamAddress.Loopback(port), _reactors, _maxConnections);
}

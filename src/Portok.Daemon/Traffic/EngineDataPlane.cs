using Portok.Deployment.DataPlane;
using Portok.Engine;

namespace Portok.Daemon.Traffic;

/// <summary>The engine as the control plane sees it. Any thread.</summary>
internal sealed class EngineDataPlane(TrafficEngine engine) : IDataPlane
{
    /// <inheritdoc/>
    public void Route(int port) => engine.Route(port);

    /// <inheritdoc/>
    public PortWork WorkOn(int port)
    {
        (int requests, int tunnels) = engine.WorkOn(port);
        return new PortWork(requests, tunnels);
    }

    /// <inheritdoc/>
    public void EndTunnels(int port, TimeSpan spread) => engine.EndTunnels(port, spread);

    /// <inheritdoc/>
    public void Cut(int port) => engine.Cut(port);
}

namespace Portok.Deployment.DataPlane;

/// <summary>
/// What the control plane asks of the data plane. Every member may be called from any thread and returns without waiting
/// for traffic.
/// </summary>
public interface IDataPlane
{
    /// <summary>
    /// Routes traffic: when this returns, every request whose head is read from then on, on any connection, goes to the
    /// port. Work already running on other ports goes on there; idle connections to them are closed. Routing back to a
    /// port that still has old work simply makes that work current again.
    /// </summary>
    void Route(int port);

    /// <summary>What still runs on a port: requests in flight and tunnels.</summary>
    PortWork WorkOn(int port);

    /// <summary>
    /// Ends the tunnels on a port: WebSockets get a close frame 1001 both ways at a frame boundary, each at a moment of its
    /// own within <paramref name="spread"/>; other tunnels are half-closed. Requests are left alone.
    /// </summary>
    void EndTunnels(int port, TimeSpan spread);

    /// <summary>Cuts everything that still runs on a port and is not the active one's. What was cut is counted in the traffic snapshot.</summary>
    void Cut(int port);
}

/// <summary>Work running on one port.</summary>
public readonly record struct PortWork(int Requests, int Tunnels)
{
    public bool IsEmpty => Requests == 0 && Tunnels == 0;
}

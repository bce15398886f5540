using Portok.Engine.Traffic;

namespace Portok.Engine;

/// <summary>
/// The data plane: reactors that relay from a listening socket to the active port. Every public member may be called from
/// any thread.
/// </summary>
public sealed class TrafficEngine : IDisposable
{
    /// <param name="options">How it is built.</param>
    /// <param name="listeners">Listening, non-blocking stream sockets; the engine owns and closes them.</param>
    /// <param name="port">The first active port.</param>
    public TrafficEngine(EngineOptions options, IReadOnlyList<int> listeners, int port) => throw new NotImplementedException();

    /// <summary>Starts the reactor threads; accepting begins.</summary>
    public void Start() => throw new NotImplementedException();

    /// <summary>Where new requests go.</summary>
    public int ActivePort => throw new NotImplementedException();

    /// <summary>When it returns, every request whose head is read from then on goes to the port.</summary>
    public void Route(int port) => throw new NotImplementedException();

    /// <summary>Requests in flight and tunnels on a port.</summary>
    public (int Requests, int Tunnels) WorkOn(int port) => throw new NotImplementedException();

    /// <summary>Ends the tunnels on a port, each within the spread: WebSockets by a close frame 1001, others by half-close.</summary>
    public void EndTunnels(int port, TimeSpan spread) => throw new NotImplementedException();

    /// <summary>Cuts what still runs on a port that is not the active one.</summary>
    public void Cut(int port) => throw new NotImplementedException();

    /// <summary>Changes the limits for what begins from now on.</summary>
    public void Apply(EngineLimits limits) => throw new NotImplementedException();

    /// <summary>Reads the counters.</summary>
    public EngineCounters ReadCounters() => throw new NotImplementedException();

    /// <summary>
    /// Stops: no more accepting, Connection: close on what follows, work in flight may finish within <paramref name="drain"/>,
    /// WebSockets get 1001 at its end, then the rest is cut. Completes when the last connection is gone, at the latest about
    /// 900 ms after the drain. Cancelling cuts at once.
    /// </summary>
    public Task StopAsync(TimeSpan drain, CancellationToken cutNow) => throw new NotImplementedException();

    /// <summary>Cuts everything and frees the threads.</summary>
    public void Dispose() => throw new NotImplementedException();
}

using Portok.Deployment.DataPlane;

namespace Portok.Deployment.Tests.Support;

/// <summary>Writes down what it is told, in order, and has the work the test gives it.</summary>
internal sealed class RecordingDataPlane : IDataPlane
{
    private readonly Dictionary<int, PortWork> _work = [];

    public List<string> Calls { get; } = [];

    public Action<int>? OnRoute { get; set; }

    public int ActivePort { get; private set; }

    public bool Did(string call) => Calls.Contains(call);

    public void Work(int port, int requests, int tunnels = 0) => _work[port] = new PortWork(requests, tunnels);

    public void Route(int port)
    {
        OnRoute?.Invoke(port);
        ActivePort = port;
        Calls.Add($"route {port}");
    }

    public PortWork WorkOn(int port) => _work.GetValueOrDefault(port);

    public void EndTunnels(int port, TimeSpan spread)
    {
        Calls.Add($"end {port} within {spread.TotalMilliseconds:0}");
        _work[port] = WorkOn(port) with { Tunnels = 0 };
    }

    public void Cut(int port)
    {
        Calls.Add($"cut {port}");
        _work[port] = default;
    }
}

using Portok.Cli.Demo.Load;

namespace Portok.Cli.Demo.Scenario;

/// <summary>All the load of a demo, running from start to stop.</summary>
internal sealed class DemoLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpLoad _http;
    private Task _running = Task.CompletedTask;

    public DemoLoad(LoadPlan plan, int webSockets)
    {
        _http = new HttpLoad(plan, Rule, Statistics);
        WebSockets = new WebSocketLoad(plan.Target, webSockets, Statistics);
    }

    public VersionRule Rule { get; } = new(Versions.V1);

    public LoadStatistics Statistics { get; } = new();

    public WebSocketLoad WebSockets { get; }

    public void Start() => _running = Task.WhenAll(_http.RunAsync(_stop.Token), WebSockets.RunAsync(_stop.Token));

    /// <summary>Ends the load; requests under way get their answer first.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}

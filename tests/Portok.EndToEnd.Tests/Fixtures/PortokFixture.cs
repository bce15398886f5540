namespace Portok.EndToEnd.Tests;

/// <summary>
/// One portokd for the tests of a class. Each test starts an app of its own and switches traffic to it: so no test meets
/// connections or state of another.
/// </summary>
public class PortokFixture : IAsyncLifetime
{
    private ScriptedApp? _first;
    private TempInstance? _instance;
    private PortokDaemon? _daemon;

    /// <summary>The daemon.</summary>
    public PortokDaemon Daemon => _daemon ?? throw new InvalidOperationException("The daemon has not been started.");

    /// <summary>The instance the daemon runs on.</summary>
    public TempInstance Instance => _instance ?? throw new InvalidOperationException("The instance has not been made.");

    /// <summary>Settings of the class's daemon, over those of <see cref="TempInstance"/>.</summary>
    protected virtual IEnumerable<(string Name, string Value)> Settings => [];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _first = ScriptedApp.Start(Scripts.Always(Scripts.Ok("no app of a test")));
        _instance = new TempInstance(_first.Port,
        [
            // The apps of tests come and go; nothing is to be probed or rolled back but by a test of its own.
            ("ROLLBACK_WINDOW_MS", "0"),
            ("ROLLBACK_CHECK_EVERY_MS", "86400000"),
            ("DRAIN_MS", "3000"),
            .. Settings,
        ]);
        _daemon = await _instance.StartAsync();
    }

    /// <summary>Starts an app with the script and switches traffic to it. Dispose of it at the end of the test.</summary>
    public async Task<ScriptedApp> BehindAsync(Func<AppConnection, Task> script, ScriptedAppOptions? options = null)
    {
        ScriptedApp app = ScriptedApp.Start(script, options);
        await Daemon.SwitchAsync(app.Port);
        return app;
    }

    /// <summary>Connects a raw client to the daemon.</summary>
    public Task<RawClient> ConnectAsync(int? receiveBuffer = null, bool keepAll = true) => Daemon.ConnectAsync(receiveBuffer, keepAll);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_instance is not null)
            await _instance.DisposeAsync();
        if (_first is not null)
            await _first.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A daemon that adds no X-Forwarded-*: what it relays can be compared byte for byte.</summary>
public sealed class ExactFixture : PortokFixture
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> Settings => [("ENABLE_XFWD", "0")];
}

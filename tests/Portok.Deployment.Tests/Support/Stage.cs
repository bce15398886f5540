using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Portok.Deployment.State;
using Portok.Deployment.Switching;
using Portok.Testing;

namespace Portok.Deployment.Tests.Support;

/// <summary>A coordinator on fake time, with a scripted prober and a recording data plane, on a real temporary folder.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const int ListenPort = 3000;
    public const int Blue = 8080;
    public const int Green = 8081;

    private StateStore? _store;

    public Stage(DeploymentSettings? settings = null)
    {
        Settings = settings ?? SettingsIn(Folder);
        Prober = new ScriptedProber(Time);
    }

    public TempFolder Folder { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public ScriptedProber Prober { get; }

    public RecordingDataPlane Plane { get; private set; } = new();

    public FakeLogger<DeploymentCoordinator> Log { get; } = new();

    public FaultyStateFiles Files { get; private set; } = new();

    public DeploymentSettings Settings { get; set; }

    public DeploymentCoordinator Coordinator { get; private set; } = null!;

    public DeploymentStatus Status => Coordinator.Status;

    public string StateFile => Settings.StateFile;

    public static async Task<Stage> StartedAsync(Func<DeploymentSettings, DeploymentSettings>? change = null)
    {
        var stage = new Stage();
        if (change is not null)
            stage.Settings = change(stage.Settings);
        await stage.StartAsync();
        return stage;
    }

    public async Task StartAsync()
    {
        Plane = new RecordingDataPlane();
        _store = new StateStore(Settings.StateFile, Settings.Instance, Files, Time, Log);
        Coordinator = new DeploymentCoordinator(new LiveSettings(Settings), Prober, Plane, _store, Time, Log);
        await Coordinator.StartAsync();
    }

    public async Task RestartAsync()
    {
        await Coordinator.DisposeAsync();
        await StartAsync();
    }

    /// <summary>The process is killed: the kernel frees the lock, nothing else is tidied up. Then a new one begins.</summary>
    public async Task StartAfterCrashAsync()
    {
        _store!.Dispose();
        Files = new FaultyStateFiles();
        await StartAsync();
    }

    public Task<SwitchOutcome> SwitchAsync(int port, int? expect = null, string? id = null, string? reason = null) =>
        Coordinator.SwitchAsync(new SwitchRequest(port, expect, id, reason), CancellationToken.None);

    /// <summary>Time goes by in small steps: within one step the fake clock shows its end to every timer that is due.</summary>
    public void Pass(double seconds)
    {
        var step = TimeSpan.FromMilliseconds(50);
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= step)
            Time.Advance(left < step ? left : step);
    }

    public IEnumerable<string> Logged(LogLevel level) =>
        Log.Collector.GetSnapshot().Where(r => r.Level == level).Select(r => r.Message);

    public SavedState? OnDisk() =>
        File.Exists(StateFile) && StateFileFormat.TryRead(File.ReadAllBytes(StateFile), out var state, out _, out _) ? state : null;

    public async ValueTask DisposeAsync()
    {
        if (Coordinator is not null)
            await Coordinator.DisposeAsync();
        Folder.Dispose();
    }

    private static DeploymentSettings SettingsIn(TempFolder folder) => new()
    {
        Instance = "shop",
        ListenPort = ListenPort,
        InitialTargetPort = Blue,
        StateFile = folder.File("shop.json"),
    };
}

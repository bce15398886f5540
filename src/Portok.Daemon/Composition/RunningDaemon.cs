using Microsoft.Extensions.Logging;
using Portok.Admin;
using Portok.Admin.Guard;
using Portok.Daemon.CommandLine;
using Portok.Daemon.Listening;
using Portok.Daemon.Traffic;
using Portok.Deployment;
using Portok.Deployment.Probing;
using Portok.Deployment.State;
using Portok.Engine;
using Portok.Linux;
using Portok.Linux.Files;
using Portok.Linux.Sockets;
using Portok.Linux.Systemd;
using Portok.Settings;

namespace Portok.Daemon.Composition;

/// <summary>
/// The object graph: the one place that knows everybody. The order of the start is the order of <see cref="StartAsync"/>, the
/// order of the end that of <see cref="StopAsync"/>.
/// </summary>
internal sealed class RunningDaemon : IAsyncDisposable
{
    // The engine is through about 900 ms after the drain, the process within a second of it.
    private static readonly TimeSpan AfterDrain = TimeSpan.FromMilliseconds(950);
    private static readonly TimeSpan ReactorsAnswerWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ForAdminRequests = TimeSpan.FromSeconds(1);

    private readonly PublicListener _listener;
    private readonly string _privateFolder;
    private readonly TrafficEngine _engine;
    private readonly DeploymentCoordinator _deployment;
    private readonly AdminServer _admin;
    private readonly TimeProvider _time;

    private RunningDaemon(DaemonSettings settings, PublicListener listener, string privateFolder, ErrorPages pages, TimeProvider time, ILoggerFactory loggers)
    {
        _listener = listener;
        _privateFolder = privateFolder;
        _time = time;
        string adminSocket = AdminServer.PrivateSocketPathIn(privateFolder);

        ILogger log = loggers.CreateLogger("Portok.Engine");
        _engine = new TrafficEngine(
            EngineSettings.Options(settings, listener.Port, adminSocket, pages) with { FreeDescriptors = FreeDescriptors() }, listener.Descriptors, settings.InitialTargetPort,
            new KernelSocketCalls(), fault => DaemonLog.EngineFault(log, fault));
        var live = new LiveSettings(ForDeployment(settings));
        var store = new StateStore(settings.StateFile, settings.InstanceName, new DiskStateFiles(SyncFolder), time, loggers.CreateLogger<StateStore>());
        _deployment = new DeploymentCoordinator(
            live, new HttpProber(live, time), new EngineDataPlane(_engine), store, time, loggers.CreateLogger<DeploymentCoordinator>());
        _admin = new AdminServer(ForAdmin(settings), _deployment, new EngineTrafficSource(_engine), time, loggers);
    }

    /// <summary>The public port in words.</summary>
    public string Where => _listener.Where;

    /// <summary>The port that gets the traffic.</summary>
    public int ActivePort => _engine.ActivePort;

    /// <summary>Opens the public port, takes the state, opens the admin sockets, lets traffic in. When it returns, requests are relayed.</summary>
    /// <param name="handed">Sockets of the service manager.</param>
    /// <param name="privateFolder">An existing folder of this process alone.</param>
    /// <param name="warn">Told what is odd but no obstacle.</param>
    /// <exception cref="StartException">It cannot be started; nothing is left running.</exception>
    public static async Task<RunningDaemon> StartAsync(
        DaemonSettings settings, IReadOnlyList<HandedSocket> handed, string privateFolder, TimeProvider time, ILoggerFactory loggers, Action<string> warn)
    {
        List<string> warnings = [];
        ErrorPages pages = ErrorPageFolder.Read(settings.ErrorPagesDir, warnings);
        PublicListener listener = PublicListener.Open(settings.ListenHost, settings.ListenPort, handed);
        foreach (string warning in warnings.Concat(listener.Warnings))
        {
            warn(warning);
        }

        if (listener.Port == settings.InitialTargetPort)
        {
            throw new StartException($"INITIAL_TARGET_PORT={listener.Port} is the port of the socket handed over by the service manager; Portok would relay to itself");
        }

        RunningDaemon daemon = new(settings, listener, privateFolder, pages, time, loggers);
        try
        {
            await daemon._deployment.StartAsync();
            await daemon._admin.StartAsync(CancellationToken.None);
            daemon._engine.Start();
            return daemon;
        }
        catch (Exception problem)
        {
            await daemon.DisposeAsync();
            throw problem is StateInUseException or AdminSocketException ? new StartException(problem.Message, problem) : problem;
        }
    }

    /// <summary>Hands changed settings to the parts; what is fixed for them stays as it is.</summary>
    public void Apply(DaemonSettings settings)
    {
        _engine.Apply(EngineSettings.Limits(settings));
        _deployment.Apply(ForDeployment(settings));
        _admin.Apply(ForAdmin(settings));
    }

    /// <summary>One line for people.</summary>
    public string Describe()
    {
        DeploymentStatus status = _deployment.Status;
        (long requests, long tunnels) = InFlight();
        string drains = status.Drains.Count == 0 ? "" : $", draining {string.Join(", ", status.Drains.Select(d => d.Port))}";
        string watch = status.Rollback.ArmedUntil is null ? "" : $", rollback to {status.Rollback.PreviousPort} armed";
        string health = status.Health.ActivePortOk == false ? $", UNHEALTHY ({status.Health.ConsecutiveFails} failed probes)" : "";
        return $"port {_listener.Port} goes to {status.ActivePort}{health}: {requests} requests and {tunnels} tunnels in flight{drains}{watch}";
    }

    /// <summary>Requests and tunnels in flight on all ports.</summary>
    public (long Requests, long Tunnels) InFlight()
    {
        var counters = _engine.ReadCounters();
        return (counters.Inflight, counters.TunnelsOpen);
    }

    /// <summary>What was cut so far because time ran out.</summary>
    public (long Requests, long Tunnels) Cut()
    {
        var counters = _engine.ReadCounters();
        return (counters.CutRequests, counters.CutTunnels);
    }

    /// <summary>True when control plane and data plane answer. Blocks while one of them hangs, which tells a watchdog the same.</summary>
    public bool IsAlive()
    {
        _ = _deployment.Status;
        return _engine.IsAlive(ReactorsAnswerWithin);
    }

    /// <summary>
    /// Stops accepting, lets work in flight go on for the drain's length, then ends it. Completes at the latest 950 ms after
    /// that; cancelling cuts at once.
    /// </summary>
    /// <returns>False when something did not end in time.</returns>
    public async Task<bool> StopAsync(TimeSpan drain, CancellationToken cutNow)
    {
        long began = _time.GetTimestamp();
        Task all = StopInOrderAsync(drain, cutNow);
        TimeSpan left = drain + AfterDrain - _time.GetElapsedTime(began);
        using CancellationTokenSource done = new();
        bool inTime = await Task.WhenAny(all, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, done.Token)) == all;
        await done.CancelAsync();
        if (inTime)
        {
            await all;
        }

        return inTime;
    }

    /// <summary>Cuts everything and frees it.</summary>
    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        await _admin.DisposeAsync();
        await _deployment.DisposeAsync();
    }

    // The admin API goes last: while traffic drains, people want to see how far it is, through the engine and the Unix socket.
    private async Task StopInOrderAsync(TimeSpan drain, CancellationToken cutNow)
    {
        Task traffic = _engine.StopAsync(drain, cutNow);
        await _deployment.StopAsync();
        await traffic;
        using CancellationTokenSource cutAdmin = new(ForAdminRequests, _time);
        await _admin.StopAsync(cutAdmin.Token);
    }

    private DeploymentSettings ForDeployment(DaemonSettings settings) => new()
    {
        Instance = settings.InstanceName,
        ListenPort = _listener.Port,
        InitialTargetPort = settings.InitialTargetPort,
        StateFile = settings.StateFile,
        HealthPath = settings.HealthPath,
        HealthTimeout = settings.HealthTimeout,
        Drain = settings.Drain,
        RollbackWindow = settings.RollbackWindow,
        RollbackCheckEvery = settings.RollbackCheckEvery,
        RollbackFailThreshold = settings.RollbackFailThreshold,
    };

    private AdminSettings ForAdmin(DaemonSettings settings) => new()
    {
        Token = settings.AdminToken,
        Allowlist = new Allowlist(settings.AdminAllowlist),
        RateLimitPerMinute = settings.AdminRateLimitPerMinute,
        HealthPath = settings.HealthPath,
        DebugUpstream = settings.DebugUpstream,
        Version = DaemonVersion.Text,
        UnixSocketPath = settings.AdminUnixSocket,
        PrivateSocketDirectory = _privateFolder,
    };

    /// <summary>Descriptors this process can still open; 0 when the system does not say.</summary>
    private static int FreeDescriptors()
        => DescriptorLimit.Read() is { Ok: true, Value: int limit } ? Math.Max(1, limit - Directory.GetFileSystemEntries("/proc/self/fd").Length) : 0;

    private static void SyncFolder(string path)
    {
        SysResult flushed = FolderSync.Flush(path);
        if (!flushed.Ok)
        {
            throw new IOException($"the folder {path} cannot be synced to the disk: {flushed.Error}");
        }
    }
}

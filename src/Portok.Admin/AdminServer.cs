using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Portok.Admin.Contract;
using Portok.Admin.Endpoints;
using Portok.Admin.Guard;
using Portok.Admin.Serving;
using Portok.Admin.Sockets;
using Portok.Deployment;
using Portok.Deployment.DataPlane;

namespace Portok.Admin;

/// <summary>
/// The admin API on two Unix sockets: a private one, to which the data plane relays the admin paths of the public port with
/// the peer's address in <c>x-portok-peer</c>, and ADMIN_UNIX_SOCKET for people and scripts on this host. Any thread;
/// started and stopped once.
/// </summary>
public sealed class AdminServer : IAsyncDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerAndGroup = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
    private const int RefusalLinesPerMinute = 20;

    private readonly AdminSettings _fixed;
    private readonly ILogger _logger;
    private readonly RateLimit _rate;
    private readonly RefusalThrottle _throttle;
    private readonly uint? _ownUid;
    private readonly SocketFile _relayed;
    private readonly SocketFile? _local;
    private readonly AdminApplication _application;
    private readonly IPeerCredentials _credentials;
    private readonly ILoggerFactory _loggers;
    private KestrelServer? _server;

    /// <summary>Builds the server; nothing is opened before <see cref="StartAsync"/>.</summary>
    /// <param name="credentials">Who is behind a Unix socket; null: as Linux says.</param>
    /// <param name="process">What /__metrics says of the process; null: this one.</param>
    public AdminServer(
        AdminSettings settings,
        IDeployment deployment,
        ITrafficSource traffic,
        TimeProvider time,
        ILoggerFactory loggers,
        IPeerCredentials? credentials = null,
        Func<ProcessReport>? process = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(loggers);
        _credentials = credentials ?? new LinuxPeerCredentials();
        _loggers = loggers;
        _fixed = settings;
        _logger = loggers.CreateLogger("Portok.Admin");
        _rate = new RateLimit(time, settings.RateLimitPerMinute);
        _throttle = new RefusalThrottle(time, RefusalLinesPerMinute);
        _ownUid = _credentials.OwnUid;

        _relayed = new SocketFile(PrivateSocketPathIn(settings.PrivateSocketDirectory), OwnerOnly, _logger);
        _local = settings.UnixSocketPath is null ? null : new SocketFile(Path.GetFullPath(settings.UnixSocketPath), OwnerAndGroup, _logger);

        var router = new Router(
            new StatusEndpoint(deployment, time),
            new MetricsEndpoint(deployment, traffic, process ?? OwnProcess.Read),
            new SwitchEndpoint(deployment, _logger),
            new HealthEndpoint(deployment));
        _application = new AdminApplication(router, _logger, Live(settings));
    }

    /// <summary>Where the data plane relays the admin paths of the public port to. Mode 0600.</summary>
    public string PrivateSocketPath => _relayed.Path;

    /// <summary>
    /// The path that the server of this process will have in a folder; the data plane is told it before there is a server.
    /// </summary>
    public static string PrivateSocketPathIn(string directory)
    {
        // The process id keeps daemons apart that share a folder.
        string name = string.Create(CultureInfo.InvariantCulture, $"portok-admin-{Environment.ProcessId}.sock");
        return Path.GetFullPath(Path.Join(directory, name));
    }

    /// <summary>Opens both sockets; when it returns, requests are answered.</summary>
    /// <exception cref="AdminSocketException">A socket cannot be opened. Nothing is left open.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        MakePrivateDirectory();
        _relayed.MakeFree();
        _local?.MakeFree();
        _server = KestrelFactory.Create(_relayed, _local, _credentials, _logger, _loggers);
        await _server.StartAsync(_application, cancellation);
        AdminLog.Listening(_logger, _relayed.Path);
        if (_local is not null)
            AdminLog.Listening(_logger, _local.Path);
    }

    /// <summary>
    /// Takes changed settings for the requests that begin from now on: token, allowlist, rate limit, health path, debug
    /// output. What was counted for the rate limit stays counted. Changed sockets need a new server; they are passed over.
    /// </summary>
    public void Apply(AdminSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        LiveConfiguration live = Live(settings with
        {
            UnixSocketPath = _fixed.UnixSocketPath,
            PrivateSocketDirectory = _fixed.PrivateSocketDirectory,
            Version = _fixed.Version,
        });
        _application.Live = live;
        _rate.PerMinute = settings.RateLimitPerMinute;
        AdminLog.SettingsApplied(_logger, settings.Allowlist, settings.RateLimitPerMinute);
    }

    /// <summary>
    /// Stops accepting, lets running requests finish until <paramref name="cutNow"/> is cancelled, and removes the sockets.
    /// Does nothing when the server does not run.
    /// </summary>
    public async Task StopAsync(CancellationToken cutNow)
    {
        KestrelServer? server = Interlocked.Exchange(ref _server, null);
        if (server is null)
            return;

        await server.StopAsync(cutNow);
        server.Dispose();
        AdminLog.Stopped(_logger);
    }

    /// <summary>Stops at once.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(new CancellationToken(canceled: true));

    private LiveConfiguration Live(AdminSettings settings)
    {
        var token = new TokenCheck(settings.Token);
        return new LiveConfiguration(
            settings,
            new PublicGuard(new AddressCheck(settings.Allowlist), _rate, token, _throttle, _logger),
            new UnixGuard(token, _ownUid, _throttle, _logger));
    }

    private void MakePrivateDirectory()
    {
        string directory = Path.GetDirectoryName(_relayed.Path)!;
        try
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AdminSocketException($"The folder {directory} for the admin socket cannot be made: {e.Message}", e);
        }
    }
}

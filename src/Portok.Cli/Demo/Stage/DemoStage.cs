using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Portok.Cli.CommandLine;
using Portok.Cli.Demo.Load;
using Portok.Cli.Demo.Scenario;

namespace Portok.Cli.Demo.Stage;

/// <summary>Two versions of the sample app with a portokd in front, on free ports, with a state folder that goes away again.</summary>
internal sealed class DemoStage : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _folder;
    private readonly List<ChildProcess> _children = [];

    private DemoStage(DirectoryInfo folder, int[] ports)
    {
        _folder = folder;
        Addresses = new DemoAddresses(
            new IPEndPoint(IPAddress.Loopback, ports[0]),
            ports[1],
            ports[2],
            RandomNumberGenerator.GetHexString(32, lowercase: true));
    }

    public DemoAddresses Addresses { get; }

    /// <summary>The daemon's last words; empty before it was started.</summary>
    public IReadOnlyList<string> DaemonLog(int lines) => _children.Find(c => string.Equals(c.Name, "portokd", StringComparison.Ordinal))?.Log.Last(lines) ?? [];

    /// <summary>An empty stage: the folder and the ports.</summary>
    public static DemoStage Create() => new(Directory.CreateTempSubdirectory("portok-demo-"), FreePorts.Find(3));

    /// <summary>Starts everything and waits until v1 answers through the daemon, and v2 by itself.</summary>
    /// <exception cref="CommandFailure">One of them ended, or was not ready in time.</exception>
    public async Task StartAsync(DemoPrograms programs, DemoTimings timings, CancellationToken cancellation)
    {
        ChildProcess v1 = StartApp(programs, "v1", Addresses.V1Port);
        ChildProcess v2 = StartApp(programs, "v2", Addresses.V2Port);
        ChildProcess daemon = Start("portokd", programs.Daemon, DaemonSettings(timings));
        await ReadyAsync(v1, new IPEndPoint(IPAddress.Loopback, Addresses.V1Port), Versions.V1, cancellation).ConfigureAwait(false);
        await ReadyAsync(v2, new IPEndPoint(IPAddress.Loopback, Addresses.V2Port), Versions.V2, cancellation).ConfigureAwait(false);
        await ReadyAsync(daemon, Addresses.Public, Versions.V1, cancellation).ConfigureAwait(false);
        await Task.WhenAll(AppControl.WarmUpAsync(Addresses.V1Port, cancellation), AppControl.WarmUpAsync(Addresses.V2Port, cancellation)).ConfigureAwait(false);
    }

    /// <summary>Completes when one of the children has ended although nobody ended it.</summary>
    /// <returns>What ended, in words.</returns>
    public async Task<string> WatchAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (_children.Find(c => c.HasExited) is { } gone)
            {
                return $"{gone.Name} ended by itself with exit code {gone.ExitCode}";
            }

            await Task.Delay(AskEvery, cancellation).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The daemon first, so that it does not see its apps go.
        foreach (ChildProcess child in Enumerable.Reverse(_children))
        {
            await child.DisposeAsync().ConfigureAwait(false);
        }

        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // Left in the system's folder for temporary files.
        }
    }

    private ChildProcess StartApp(DemoPrograms programs, string version, int port) =>
        Start(version, programs.App, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PORT"] = Text(port),
            ["APP_VERSION"] = version,
        });

    private ChildProcess Start(string name, string program, IReadOnlyDictionary<string, string> settings)
    {
        ChildProcess child = ChildProcess.Start(name, program, settings, _folder.FullName);
        _children.Add(child);
        return child;
    }

    private Dictionary<string, string> DaemonSettings(DemoTimings timings) => new(StringComparer.Ordinal)
    {
        ["INSTANCE_NAME"] = "demo",
        ["LISTEN_HOST"] = Addresses.Public.Address.ToString(),
        ["LISTEN_PORT"] = Text(Addresses.Public.Port),
        ["INITIAL_TARGET_PORT"] = Text(Addresses.V1Port),
        ["STATE_FILE"] = Path.Combine(_folder.FullName, "demo.json"),
        ["ADMIN_TOKEN"] = Addresses.Token,
        // The demo asks for the status several times a second.
        ["ADMIN_RATE_LIMIT_PER_MINUTE"] = "0",
        ["HEALTH_TIMEOUT_MS"] = "2000",
        ["DRAIN_MS"] = Text((int)timings.Drain.TotalMilliseconds),
        ["ROLLBACK_WINDOW_MS"] = "60000",
        ["ROLLBACK_CHECK_EVERY_MS"] = Text((int)timings.RollbackCheckEvery.TotalMilliseconds),
        ["ROLLBACK_FAIL_THRESHOLD"] = Text(timings.RollbackFailThreshold),
        ["LOG_FORMAT"] = "text",
        ["LOG_LEVEL"] = "info",
    };

    /// <summary>Asks again and again until the right version answers; a process that has ended is not waited for.</summary>
    private static async Task ReadyAsync(ChildProcess child, IPEndPoint at, Versions version, CancellationToken cancellation)
    {
        byte[] request = System.Text.Encoding.ASCII.GetBytes($"GET /version HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n");
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            string problem;
            try
            {
                using CancellationTokenSource bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                bounded.CancelAfter(TimeSpan.FromSeconds(5));
                using LoadConnection connection = await LoadConnection.OpenAsync(at, bounded.Token).ConfigureAwait(false);
                LoadResponse response = await connection.ExchangeAsync(request, bounded.Token).ConfigureAwait(false);
                if (response.Status == 200 && response.Version == version)
                {
                    return;
                }

                problem = $"it answered HTTP {response.Status} of version {response.Version}";
            }
            catch (Exception failure) when (failure is SocketException or InvalidDataException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                problem = failure.Message;
            }

            bool ended = child.HasExited;
            if (ended || Stopwatch.GetElapsedTime(started) > ReadyWithin)
            {
                string reason = ended ? $"ended with exit code {child.ExitCode}" : $"was not ready within {ReadyWithin.TotalSeconds:0} s ({problem})";
                throw new CommandFailure(ExitCode.Refused, "Demo not started", string.Join('\n', [$"{child.Name} {reason}. Its last words:", .. child.Log.Last(20)]));
            }

            await Task.Delay(AskEvery, cancellation).ConfigureAwait(false);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

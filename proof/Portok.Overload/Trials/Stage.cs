using System.Globalization;
using System.Text;
using Portok.Overload.App;
using Portok.Proof;
using Portok.Testing;

namespace Portok.Overload.Trials;

/// <summary>A daemon in front of an app, each in a process of its own, and a second app to switch to.</summary>
internal sealed class Stage : IAsyncDisposable
{
    internal const string Question = "GET /small HTTP/1.1\r\nHost: load.test\r\n\r\n";

    private static readonly byte[] Body = Encoding.ASCII.GetBytes(CrowdApp.Body);

    private readonly List<RunningProcess> _apps = [];
    private readonly TempInstance _instance;
    private PortokDaemon? _daemon;

    private Stage(int first, int second, int? openFiles, IEnumerable<(string Name, string Value)> settings)
    {
        Second = second;
        _instance = new TempInstance(first, [.. settings]) { RunBy = Limited(openFiles) };
        _instance.Settings["ADMIN_ON_PUBLIC_PORT"] = "0";
        _instance.Settings["ADMIN_UNIX_SOCKET"] = Path.Combine(_instance.Folder, "admin.sock");
        // The app answers every path.
        _instance.Settings["ROLLBACK_WINDOW_MS"] = "0";
        _instance.Settings["LOG_LEVEL"] = "warn";
        // Clients keep their connections for as long as a trial takes.
        _instance.Settings.TryAdd("SERVER_KEEPALIVE_TIMEOUT", "600000");
        _instance.Settings.TryAdd("SERVER_HEADERS_TIMEOUT", "600001");
    }

    internal PortokDaemon Daemon => _daemon ?? throw new InvalidOperationException("The daemon has not been started.");

    /// <summary>The port of the second app, whose answers say "second".</summary>
    internal int Second { get; }

    internal static async Task<Stage> StartAsync(int? openFiles, params (string Name, string Value)[] settings)
    {
        var stage = new Stage(FreePort.Next(), FreePort.Next(), openFiles, settings);
        try
        {
            await stage.StartAppAsync(int.Parse(stage._instance.Settings["INITIAL_TARGET_PORT"]!, CultureInfo.InvariantCulture), "first");
            await stage.StartAppAsync(stage.Second, "second");
            stage._daemon = await stage._instance.StartAsync();
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Judges an answer to <see cref="Question"/>.</summary>
    internal static bool IsRight(Answer answer, byte[] bytes) => answer.Status == 200 && bytes.AsSpan(answer.BodyAt, answer.Length - answer.BodyAt).SequenceEqual(Body);

    internal Task<DaemonSample> SampleAsync() => DaemonSample.TakeAsync(Daemon, 0);

    /// <summary>Waits until nobody is connected any more.</summary>
    internal Task<DaemonSample> EmptyAsync()
        => Poll.ForAsync(SampleAsync, sample => sample is { Clients: 0, Inflight: 0, Tunnels: 0 }, Patience.Long, "all clients to be gone");

    // prlimit sets the limit on itself and becomes the daemon: the process id stays right.
    private static IReadOnlyList<string> Limited(int? openFiles)
        => openFiles is { } files ? ["prlimit", string.Create(CultureInfo.InvariantCulture, $"--nofile={files}:{files}")] : [];

    public async ValueTask DisposeAsync()
    {
        await _instance.DisposeAsync();
        foreach (RunningProcess app in _apps) await app.DisposeAsync();
    }

    private async Task StartAppAsync(int port, string name)
    {
        // The host beside this assembly: tests run it too, from their own folder.
        string program = Path.Combine(AppContext.BaseDirectory, "Portok.Overload");
        var app = RunningProcess.Start(program, ["app", port.ToString(CultureInfo.InvariantCulture), name]);
        _apps.Add(app);
        await Poll.UntilAsync(
            async () =>
            {
                if (app.HasExited) throw new InvalidOperationException($"The app ended.\n{app.Transcript}");
                try
                {
                    await using RawClient client = await RawClient.ConnectAsync(port);
                    return true;
                }
                catch (WireException)
                {
                    return false;
                }
            },
            Patience.Long,
            "the app to listen");
    }
}

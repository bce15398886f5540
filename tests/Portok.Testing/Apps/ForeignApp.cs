using System.Globalization;

namespace Portok.Testing;

/// <summary>
/// A real app as an origin, in a process of its own: one whose HTTP nobody here wrote (Kestrel, Node's http, nginx). They all
/// know the same paths, as far as they can: see tests/apps/README.md.
/// </summary>
public sealed class ForeignApp : IAsyncDisposable
{
    private readonly RunningProcess _process;
    private readonly TempFolder? _folder;
    private readonly HttpClient _http = new() { Timeout = Patience.Normal };

    private ForeignApp(RunningProcess process, int port, string version, TempFolder? folder)
    {
        _process = process;
        _folder = folder;
        Port = port;
        Version = version;
    }

    /// <summary>The port it listens on, at 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>What it says in X-App-Version.</summary>
    public string Version { get; }

    /// <summary>Output and errors so far, for the words of a failure.</summary>
    public string Transcript => _process.Transcript;

    /// <summary>An ASP.NET app on Kestrel with its own settings.</summary>
    /// <param name="version">What it says in X-App-Version.</param>
    /// <param name="port">Its port; a free one when null.</param>
    public static Task<ForeignApp> AspNetAsync(string version = "v1", int? port = null)
    {
        int listen = port ?? FreePort.Next();
        string? program = new[] { "Debug", "Release" }
            .Select(configuration => RepositoryRoot.Combine("tests", "apps", "aspnet", "bin", configuration, "net10.0", "aspnet-origin"))
            .FirstOrDefault(File.Exists);
        if (program is null)
            throw new FileNotFoundException("The ASP.NET app is not built: dotnet build tests/apps/aspnet");
        return StartAsync(program, ["--port", Text(listen), "--version", version], listen, version);
    }

    /// <summary>An app on Node's http module with its own settings (idle connections are closed after 5 s), WebSocket by ws.</summary>
    /// <param name="version">What it says in X-App-Version.</param>
    /// <param name="mode">keep: Node's defaults; close: says Connection: close and closes after each answer; cut: closes after each answer without having said so.</param>
    /// <param name="port">Its port; a free one when null.</param>
    /// <param name="idleMs">Its idle timeout in milliseconds; Node's own when null.</param>
    public static Task<ForeignApp> NodeAsync(string version = "v1", string mode = "keep", int? port = null, int? idleMs = null)
    {
        int listen = port ?? FreePort.Next();
        RequireNodeModules();
        List<string> arguments = [RepositoryRoot.Combine("tests", "apps", "node", "origin.mjs"), "--port", Text(listen), "--version", version, "--mode", mode];
        if (idleMs is { } idle)
            arguments.AddRange(["--idle-ms", Text(idle)]);
        return StartAsync("node", arguments, listen, version);
    }

    /// <summary>nginx serving files.</summary>
    /// <param name="version">What it says in X-App-Version.</param>
    /// <param name="idleSeconds">Its keepalive_timeout.</param>
    public static Task<ForeignApp> NginxAsync(string version = "v1", int idleSeconds = 75)
    {
        int listen = FreePort.Next();
        var folder = new TempFolder();
        NginxSite.Write(folder, listen, version, idleSeconds);
        return StartAsync("nginx", ["-p", folder.Path, "-c", folder.Combine("nginx.conf")], listen, version, folder);
    }

    /// <summary>Fails with what to do when the packages of tests/apps/node are not installed.</summary>
    public static void RequireNodeModules()
    {
        if (!Directory.Exists(RepositoryRoot.Combine("tests", "apps", "node", "node_modules", "ws")))
            throw new DirectoryNotFoundException("The packages of the Node apps are not installed: npm ci --prefix tests/apps/node");
    }

    /// <summary>Makes its health path answer 200 (ok), 500 (fail) or not at all (hang). Not for nginx.</summary>
    public async Task SetHealthAsync(string state)
    {
        using HttpResponseMessage response = await _http.PostAsync(Url($"/control/health?state={state}"), content: null).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Asks the app directly, past any proxy.</summary>
    public Task<string> GetAsync(string path) => _http.GetStringAsync(Url(path));

    /// <summary>Kills it: its port refuses from then on, its connections are reset.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>Stops the process in its tracks: connections are accepted by the kernel, nothing is answered.</summary>
    public void Freeze() => PosixSignals.Freeze(_process.Id);

    /// <summary>Ends <see cref="Freeze"/>.</summary>
    public void Thaw() => PosixSignals.Thaw(_process.Id);

    /// <summary>Kills it and deletes what it needed.</summary>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync().ConfigureAwait(false);
        _folder?.Dispose();
    }

    private static async Task<ForeignApp> StartAsync(string program, IEnumerable<string> arguments, int port, string version, TempFolder? folder = null)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = null, ["ASPNETCORE_ENVIRONMENT"] = null };
        var app = new ForeignApp(RunningProcess.Start(program, arguments, environment, folder?.Path), port, version, folder);
        try
        {
            await Poll.UntilAsync(app.AnswersAsync, Patience.Long, $"{program} to answer on port {port}").ConfigureAwait(false);
            return app;
        }
        catch (Exception fault)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new InvalidOperationException($"{fault.Message}\n{app.Transcript}", fault);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Uri Url(string path) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}{path}"));

    private async Task<bool> AnswersAsync()
    {
        if (_process.HasExited)
            throw new InvalidOperationException("It ended instead of answering.");
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(Url("/health")).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

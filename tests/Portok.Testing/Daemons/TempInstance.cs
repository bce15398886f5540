using System.Globalization;
using System.Net.Sockets;

namespace Portok.Testing;

/// <summary>
/// A Portok instance of one test: a state file in a folder of its own, a free port, settings, and daemons started on it, one
/// after the other or (to see the second refuse) side by side. Everything is gone at the end.
/// </summary>
public sealed class TempInstance : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<PortokDaemon> _daemons = [];

    /// <param name="targetPort">INITIAL_TARGET_PORT.</param>
    /// <param name="settings">More settings, over the ones this class chooses.</param>
    public TempInstance(int targetPort, params (string Name, string Value)[] settings)
    {
        ListenPort = FreePort.Next();
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["INSTANCE_NAME"] = "test",
            ["LISTEN_PORT"] = ListenPort.ToString(CultureInfo.InvariantCulture),
            ["INITIAL_TARGET_PORT"] = targetPort.ToString(CultureInfo.InvariantCulture),
            ["STATE_FILE"] = _folder.Combine("state", "test.json"),
            ["ADMIN_TOKEN"] = Token,
            // Tests ask often; the limit itself has tests of its own.
            ["ADMIN_RATE_LIMIT_PER_MINUTE"] = "0",
        };
        Directory.CreateDirectory(_folder.Combine("state"));
        foreach ((string name, string value) in settings)
            Settings[name] = value;
    }

    /// <summary>The admin token at the start.</summary>
    public const string Token = "token-of-the-tests-0123456789abcdef";

    /// <summary>The public port.</summary>
    public int ListenPort { get; }

    /// <summary>The environment daemons are started with; changes count for the next start.</summary>
    public Dictionary<string, string?> Settings { get; }

    /// <summary>The instance's folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>When true, the settings are handed over in <see cref="EnvFile"/>, which SIGHUP reads again, and not in the environment.</summary>
    public bool UseEnvFile { get; init; }

    /// <summary>Most descriptors that daemons may open, soft and hard; what this process may when null.</summary>
    public int? OpenFiles { get; init; }

    /// <summary>Path of the file with the settings, for <see cref="UseEnvFile"/>.</summary>
    public string EnvFile => _folder.Combine("test.env");

    /// <summary>Path of the state file.</summary>
    public string StateFile => Settings["STATE_FILE"]!;

    /// <summary>Starts an instance and its first daemon.</summary>
    public static async Task<(TempInstance Instance, PortokDaemon Daemon)> StartNewAsync(int targetPort, params (string Name, string Value)[] settings)
    {
        var instance = new TempInstance(targetPort, settings);
        try
        {
            return (instance, await instance.StartAsync().ConfigureAwait(false));
        }
        catch
        {
            await instance.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts a daemon and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the words hold its output.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public async Task<PortokDaemon> StartAsync()
    {
        PortokDaemon daemon = Spawn();
        try
        {
            await Poll.UntilAsync(() => AnswersAsync(daemon), Patience.Long, "portokd to answer").ConfigureAwait(false);
            return daemon;
        }
        catch (TimeoutException fault)
        {
            throw new TimeoutException($"{fault.Message}\n{daemon.Transcript}", fault);
        }
    }

    /// <summary>Starts a daemon without waiting for anything: for those that are expected to refuse.</summary>
    public PortokDaemon Spawn()
    {
        if (UseEnvFile)
            WriteEnvFile();
        bool onPublicPort = Settings.GetValueOrDefault("ADMIN_ON_PUBLIC_PORT") is not "0";
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["NOTIFY_SOCKET"] = null, ["LISTEN_FDS"] = null };
        foreach ((string name, string? value) in Settings)
            environment[name] = UseEnvFile ? null : value;
        string[] arguments = UseEnvFile ? ["--env-file", EnvFile] : [];
        string program = PortokBinary.Daemon;
        // prlimit sets the limit on itself and becomes the program: the process id stays right.
        if (OpenFiles is { } files)
            (program, arguments) = ("prlimit", [string.Create(CultureInfo.InvariantCulture, $"--nofile={files}:{files}"), PortokBinary.Daemon, .. arguments]);
        var process = RunningProcess.Start(program, arguments, environment, _folder.Path);
        // Tests of bad settings name ports that are none.
        int port = int.TryParse(Settings["LISTEN_PORT"], CultureInfo.InvariantCulture, out int given) && given is > 0 and <= 65535 ? given : ListenPort;
        var daemon = new PortokDaemon(process, port, Settings["ADMIN_TOKEN"] ?? Token, onPublicPort ? null : Settings.GetValueOrDefault("ADMIN_UNIX_SOCKET"));
        _daemons.Add(daemon);
        return daemon;
    }

    /// <summary>Writes the settings as they are now into <see cref="EnvFile"/>.</summary>
    public void WriteEnvFile()
        => File.WriteAllLines(EnvFile, Settings.Where(setting => setting.Value is not null).Select(setting => $"{setting.Key}={setting.Value}"));

    /// <summary>Ends the daemons and deletes the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (PortokDaemon daemon in _daemons)
            await daemon.DisposeAsync().ConfigureAwait(false);
        _folder.Dispose();
    }

    // Any HTTP answer will do: the test may be about a token that is refused.
    private static async Task<bool> AnswersAsync(PortokDaemon daemon)
    {
        if (daemon.HasExited)
        {
            int code = await daemon.WaitForExitAsync().ConfigureAwait(false);
            throw new InvalidOperationException($"portokd ended with exit code {code} instead of answering.\n{daemon.Transcript}");
        }

        try
        {
            await daemon.Admin.StatusAsync().ConfigureAwait(false);
            return true;
        }
        catch (HttpRequestException fault) when (fault.InnerException is SocketException)
        {
            return false;
        }
    }
}

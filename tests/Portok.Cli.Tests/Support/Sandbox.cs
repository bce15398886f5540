using Portok.Testing;

namespace Portok.Cli.Tests.Support;

/// <summary>
/// A machine in a temporary folder: its own configuration, state and units, and programs of the system that a test replaces.
/// Without a replacement systemctl says that there is no systemd, whatever runs the tests' own machine.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private readonly TempFolder _folder = new();

    public Sandbox()
    {
        Programs = new FakePrograms(_folder);
        Programs.Add("systemctl", "echo \"System has not been booted with systemd as init system (PID 1). Can't operate.\" >&2; exit 1");
        Programs.Add("journalctl", "exit 0");
        // init takes the portokd of PATH when it lies nowhere else.
        Programs.Add("portokd", "exit 0");
        foreach (string folder in (string[])["config", "state", "units"])
        {
            Directory.CreateDirectory(_folder.Combine(folder));
        }

        Environment = Env.Of(
            ("PATH", Programs.Path),
            ("PORTOK_DAEMON", Combine("bin", "portokd")),
            ("PORTOK_CONFIG_DIR", Combine("config")),
            ("PORTOK_STATE_DIR", Combine("state")),
            ("PORTOK_SYSTEMD_DIR", Combine("units")));
    }

    public FakePrograms Programs { get; }

    /// <summary>More may be set.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>The same, for a process that is started.</summary>
    public IReadOnlyDictionary<string, string?> ProcessEnvironment => Environment.ToDictionary(v => v.Key, v => (string?)v.Value, StringComparer.Ordinal);

    public string Combine(params string[] parts) => _folder.Combine(parts);

    /// <summary>Writes an instance's file.</summary>
    /// <returns>Its path.</returns>
    public string Instance(string name, string text) => _folder.File($"config/{name}.env", text);

    /// <summary>A good file.</summary>
    public string Instance(string name, int listenPort = 3001, int targetPort = 8081, string token = "0123456789abcdef0123456789abcdef") =>
        Instance(name, $"LISTEN_PORT={listenPort}\nINITIAL_TARGET_PORT={targetPort}\nSTATE_FILE={Combine("state", name + ".json")}\nADMIN_TOKEN={token}\n");

    public string File(string name, string text) => _folder.File(name, text);

    /// <summary>Every file there is, relative, without the programs and what they were called with.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(f => System.IO.Path.GetRelativePath(_folder.Path, f))
            .Where(f => !f.StartsWith("bin/", StringComparison.Ordinal) && f is not "calls").Order(StringComparer.Ordinal),
    ];

    public Task<CommandRun> RunAsync(params string[] args) => CommandRun.InProcessAsync(args, Environment);

    /// <summary>At a terminal, with a person who types these lines.</summary>
    public Task<CommandRun> AtTerminalAsync(string typed, params string[] args) => CommandRun.InProcessAsync(args, Environment, terminal: true, typed);

    public void Dispose() => _folder.Dispose();
}

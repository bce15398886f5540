using System.Globalization;
using Portok.Compare.Processes;

namespace Portok.Compare.Peers;

/// <summary>portokd with its default settings, but for what a variant is there to show.</summary>
/// <param name="name">The variant's name.</param>
/// <param name="path">The program; null when it is not to be measured.</param>
/// <param name="kind">"native" or "JIT".</param>
/// <param name="settings">Of the variant.</param>
internal sealed class PortokPeer(string name, string? path, string kind, params (string Name, string Value)[] settings) : IPeer
{
    public const string Default = "portokd";
    public const string FastPath = "portokd-fast";
    public const string Jit = "portokd-jit";

    /// <summary>The portokd of an earlier commit.</summary>
    public const string Base = "portokd-base";

    /// <summary>The admin token of every instance; they live for one scenario on this machine only.</summary>
    public string Token { get; } = Guid.NewGuid().ToString("N");

    public string Name => name;

    public string? Missing => path is null ? "no such portokd was given" : !File.Exists(path) ? $"{path} is not there" : null;

    public string Version => $"{Tool.Version(path!, "--version")} ({kind})";

    public string Configuration =>
        $"{kind}, {(settings.Length == 0 ? "default settings" : string.Join(' ', settings.Select(setting => $"{setting.Name}={setting.Value}")))}; adds X-Forwarded-*";

    public Server Start(PeerStart start)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["INSTANCE_NAME"] = "compare",
            ["LISTEN_HOST"] = "127.0.0.1",
            ["LISTEN_PORT"] = start.Port.ToString(CultureInfo.InvariantCulture),
            ["INITIAL_TARGET_PORT"] = start.OriginPort.ToString(CultureInfo.InvariantCulture),
            ["STATE_FILE"] = start.Folder.Combine("portok.json"),
            ["ADMIN_TOKEN"] = Token,
            ["ADMIN_RATE_LIMIT_PER_MINUTE"] = "0",
            // The origin answers every path, so the probe is healthy whatever it asks for.
            ["HEALTH_PATH"] = "/",
        };
        if (start.Holding)
        {
            environment["SERVER_KEEPALIVE_TIMEOUT"] = "300000";
            environment["SERVER_HEADERS_TIMEOUT"] = "300001";
            environment["UPSTREAM_MAX_SOCKETS"] = "100000";
        }

        foreach ((string setting, string value) in settings)
        {
            environment[setting] = value;
        }

        return new Server(path!, [], start.Port, environment);
    }
}

using System.Globalization;
using Portok.Compare.Processes;

namespace Portok.Compare.Peers;

/// <summary>portokd with its default settings.</summary>
/// <param name="path">The program; null when it is not to be measured.</param>
/// <param name="kind">"native" or "JIT".</param>
internal sealed class PortokPeer(string? path, string kind) : IPeer
{
    public const string PeerName = "portokd";

    public string Name => PeerName;

    public string? Missing => path is null ? "no portokd was given (--portokd)" : !File.Exists(path) ? $"{path} is not there" : null;

    public string Version => $"{Tool.Version(path!, "--version")} ({kind})";

    public string Configuration => $"default settings, {kind}; adds X-Forwarded-*, which the others do not";

    public Server Start(int port, int originPort, ScratchFolder scratch) => new(
        path!,
        [],
        port,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["INSTANCE_NAME"] = "compare",
            ["LISTEN_HOST"] = "127.0.0.1",
            ["LISTEN_PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["INITIAL_TARGET_PORT"] = originPort.ToString(CultureInfo.InvariantCulture),
            ["STATE_FILE"] = Path.Combine(scratch.Path, "portok.json"),
            ["ADMIN_TOKEN"] = Guid.NewGuid().ToString("N"),
            // The origin answers every path, so the probe is healthy whatever it asks for.
            ["HEALTH_PATH"] = "/",
        });
}

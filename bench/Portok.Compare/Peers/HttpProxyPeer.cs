using System.Globalization;
using Portok.Compare.Processes;
using Portok.Testing;

namespace Portok.Compare.Peers;

/// <summary>npm http-proxy, the engine of npm portok: see bench/peers/http-proxy.</summary>
internal sealed class HttpProxyPeer : IPeer
{
    private readonly string? _node = Tool.Find("node");

    // The packages are installed beside a copy of the program.
    private readonly string _folder = RepositoryRoot.Combine("artifacts", "bench", "http-proxy");

    public string Name => "http-proxy";

    public string? Missing =>
        _node is null ? "node is not installed"
        : Directory.Exists(Path.Combine(_folder, "node_modules", "http-proxy")) ? null
        : "npm http-proxy is not installed; ./bench-run --all-peers installs it";

    public string Version => $"http-proxy 1.18.1 on Node {Tool.Version(_node!, "--version")}";

    public string Configuration => "one process, agent with keepAlive and 1024 sockets, xfwd";

    public Server Start(PeerStart start) => new(
        _node!,
        [Path.Combine(_folder, "proxy.mjs"), start.Port.ToString(CultureInfo.InvariantCulture), start.OriginPort.ToString(CultureInfo.InvariantCulture)],
        start.Port,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["NODE_ENV"] = "production" });
}

namespace Portok.Differential.Peers;

/// <summary>npm http-proxy, what npm portok was built on: see node/proxy.mjs.</summary>
internal sealed class NodeProxyPeer : ProcessPeer
{
    private const string Proxy = "proxy.mjs";

    public override string Name => "http-proxy";

    public override string Version => $"1.18.1 on Node {Ask("node", "--version")}";

    public override string Setup => "an agent with keepAlive, xfwd";

    /// <summary>Path of a Node program of this proof.</summary>
    public static string Program(string name)
    {
        string folder = RepositoryRoot.Combine("proof", "Portok.Differential", "node");
        if (name == Proxy && !Directory.Exists(Path.Combine(folder, "node_modules", "http-proxy")))
            throw new DirectoryNotFoundException("http-proxy is not installed; ./prove differential installs it");
        return Path.Combine(folder, name);
    }

    protected override RunningProcess Start(TempFolder folder, IReadOnlyList<(int Port, int Origin)> lanes) =>
        RunningProcess.Start("node", [Program(Proxy), .. lanes.Select(lane => $"{Text(lane.Port)}:{Text(lane.Origin)}")]);
}

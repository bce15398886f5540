namespace Portok.Compare.Peers;

/// <summary>Every proxy that can be measured. The first of a run is its subject: ratios are its figures over the others'.</summary>
internal static class PeerCatalogue
{
    /// <summary>What every run measures.</summary>
    public static IReadOnlyList<string> Usual { get; } = [PortokPeer.Default, "nginx", "haproxy"];

    /// <summary>What --all-peers adds.</summary>
    public static IReadOnlyList<string> More { get; } = ["caddy", "yarp", "http-proxy"];

    /// <param name="portokd">Path of the portokd to measure.</param>
    /// <param name="kind">How it was compiled.</param>
    /// <param name="jit">Path of a JIT build to set beside it, if any.</param>
    /// <param name="earlier">Path of an earlier commit's portokd to set beside it, if any.</param>
    public static IReadOnlyList<IPeer> Create(string? portokd, string kind, string? jit, string? earlier) =>
    [
        new PortokPeer(PortokPeer.Default, portokd, kind),
        new PortokPeer(PortokPeer.FastPath, portokd, kind, ("FAST_PATH", "1")),
        new PortokPeer(PortokPeer.Jit, jit, "JIT"),
        new PortokPeer(PortokPeer.Base, earlier, kind),
        new NginxPeer(),
        new HaproxyPeer(),
        new CaddyPeer(),
        new YarpPeer(),
        new HttpProxyPeer(),
    ];
}

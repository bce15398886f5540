using System.Globalization;
using Portok.Compare.Load;
using Portok.Compare.Measuring;
using Portok.Compare.Origins;
using Portok.Compare.Peers;
using Portok.Compare.Scenarios;
using Portok.Compare.Targets;

namespace Portok.Compare.Npm;

/// <summary>
/// The six scenarios of npm portok under their names, with its acceptance criteria as what must hold and its own headline to
/// beat as the goal. The app is what its users have: Node's http server.
/// </summary>
internal static class NpmCatalogue
{
    public const string Group = "npm";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Saturated("throughput", "npm portok: throughput, 100 connections", 100, peer => peer.Name is PortokPeer.Default or "http-proxy"),
        new PacedScenario("latency", "npm portok: latency, 10 connections", 10, 2000)
        {
            Group = Group,
            Origin = OriginKind.Node,
            BesideDirect = true,
            For = peer => peer.Name is PortokPeer.Default or "http-proxy",
            Targets = [Target.Own(Figures.AddedP50, 10, null), Target.Own(Figures.P99, 50, null)],
        },
        .. new[] { 10, 50, 100, 250, 500 }.Select(connections => Saturated(
            string.Create(CultureInfo.InvariantCulture, $"connections-{connections}"),
            string.Create(CultureInfo.InvariantCulture, $"npm portok: {connections} connections"),
            connections,
            peer => peer.Name is PortokPeer.Default or DirectPeer.PeerName or "http-proxy")),
        new SwitchScenario("switching", "npm portok: switching under load", 5, 1000)
        {
            Group = Group,
            Origin = OriginKind.Node,
            Targets = [Target.Own(Figures.Lost, 0, 0)],
        },
        Saturated("baseline", "npm portok: direct against proxied, 100 connections", 100, null, new Target(Figures.Rate, DirectPeer.PeerName, 0.30, 0.80, AtLeast: true)),
        Saturated("keepalive", "npm portok: kept connections, 50 of them", 50, null, new Target(Figures.Rate, DirectPeer.PeerName, 0.70, null, AtLeast: true)),
    ];

    private static RequestScenario Saturated(string name, string title, int connections, Func<IPeer, bool>? runs, params IReadOnlyList<Target> targets) =>
        new(name, title, new WrkLoad("/", connections))
        {
            Group = Group,
            Origin = OriginKind.Node,
            For = runs ?? (peer => peer.Name is PortokPeer.Default or DirectPeer.PeerName),
            ExtraPeers = [DirectPeer.PeerName],
            Targets = targets,
        };
}

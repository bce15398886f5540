namespace Portok.Compare.Peers;

/// <summary>Every proxy that can be measured. The first that runs is the subject: ratios are its figures over another's.</summary>
internal static class PeerCatalogue
{
    public static IReadOnlyList<IPeer> Create(string? portokd, string portokdKind) =>
        [new PortokPeer(portokd, portokdKind), new NginxPeer(), new HaproxyPeer()];
}

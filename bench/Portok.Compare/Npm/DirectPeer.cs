using Portok.Compare.Peers;
using Portok.Compare.Processes;

namespace Portok.Compare.Npm;

/// <summary>No proxy at all: what the app does by itself.</summary>
internal sealed class DirectPeer : IPeer
{
    public const string PeerName = "direct";

    public string Name => PeerName;

    public string? Missing => null;

    public string Version => "no proxy";

    public string Configuration => "the client asks the app itself";

    public Server? Start(PeerStart start) => null;
}

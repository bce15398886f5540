using Portok.Compare.Machine;
using Portok.Compare.Processes;

namespace Portok.Compare.Peers;

/// <summary>HAProxy: see bench/peers/haproxy.</summary>
internal sealed class HaproxyPeer : IPeer
{
    private readonly string? _path = Tool.Find("haproxy");

    public string Name => "haproxy";

    public string? Missing => _path is null ? "haproxy is not installed" : null;

    public string Version => Tool.Version(_path!, "-v");

    public string Configuration => "nbthread 2, http-reuse always, no log";

    public Server Start(PeerStart start)
    {
        // A connection takes two descriptors, one on either side; some are HAProxy's own.
        string configuration = Template.Fill("peers/haproxy/haproxy.cfg", start.Folder,
            ("PORT", start.Port), ("ORIGIN", start.OriginPort), ("CONNECTIONS", (Limits.Descriptors - 200) / 2));
        return new Server(_path!, ["-db", "-f", configuration], start.Port);
    }
}

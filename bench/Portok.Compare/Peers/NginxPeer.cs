using Portok.Compare.Machine;
using Portok.Compare.Processes;

namespace Portok.Compare.Peers;

/// <summary>nginx at its best: see bench/peers/nginx.</summary>
internal sealed class NginxPeer : IPeer
{
    private readonly string? _path = Tool.Find("nginx");

    public string Name => "nginx";

    public string? Missing => _path is null ? "nginx is not installed" : null;

    public string Version => Tool.Version(_path!, "-v");

    public string Configuration =>
        "2 workers, upstream keepalive 512, HTTP/1.1 upstream, no access log, no request buffering, buffers 256 KiB, no temp files";

    public Server Start(PeerStart start)
    {
        // Each takes memory from the start, so no more of them than a scenario needs, two for each client.
        int connections = start.Holding ? Limits.Descriptors : Math.Min(Limits.Descriptors, 10_240);
        string configuration = Template.Fill("peers/nginx/nginx.conf", start.Folder,
            ("FOLDER", start.Folder.Path), ("PORT", start.Port), ("ORIGIN", start.OriginPort), ("DESCRIPTORS", Limits.Descriptors), ("CONNECTIONS", connections));
        return new Server(_path!, ["-p", start.Folder.Path, "-e", "stderr", "-c", configuration], start.Port);
    }
}

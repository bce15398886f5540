using System.Globalization;
using Portok.Compare.Processes;

namespace Portok.Compare.Peers;

/// <summary>nginx at its best: see nginx.conf.</summary>
internal sealed class NginxPeer : IPeer
{
    private readonly string? _path = Tool.Find("nginx");

    public string Name => "nginx";

    public string? Missing => _path is null ? "nginx is not installed" : null;

    public string Version => Tool.Version(_path!, "-v");

    public string Configuration =>
        "2 workers, upstream keepalive 512, HTTP/1.1 upstream, no access log, no request buffering, buffers 256 KiB, no temp files";

    public Server Start(int port, int originPort, ScratchFolder scratch)
    {
        string configuration = scratch.WriteTemplate("Peers/nginx.conf", "nginx.conf", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["FOLDER"] = scratch.Path,
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["ORIGIN"] = originPort.ToString(CultureInfo.InvariantCulture),
        });
        return new Server(_path!, ["-p", scratch.Path, "-e", "stderr", "-c", configuration], port);
    }
}

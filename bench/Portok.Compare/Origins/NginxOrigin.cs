using System.Globalization;
using Portok.Compare.Processes;

namespace Portok.Compare.Origins;

/// <summary>
/// The app behind the proxies: nginx answering from its configuration, the cheapest origin there is, so that the proxy is
/// what is measured.
/// </summary>
internal sealed class NginxOrigin : IDisposable
{
    private readonly Server _server;

    public NginxOrigin(int port, ScratchFolder scratch)
    {
        string configuration = scratch.WriteTemplate("Origins/origin.conf", "origin.conf", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["FOLDER"] = scratch.Path,
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["BODY_1K"] = new string('a', 1024),
        });
        _server = new Server(Tool.Require("nginx"), ["-p", scratch.Path, "-e", "stderr", "-c", configuration], port);
        Port = port;
    }

    public int Port { get; }

    public static string Description => "nginx, 2 workers, bodies from its configuration (return 200)";

    public void Dispose() => _server.Dispose();
}

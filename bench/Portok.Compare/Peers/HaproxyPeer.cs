using System.Globalization;
using Portok.Compare.Processes;

namespace Portok.Compare.Peers;

/// <summary>HAProxy: see haproxy.cfg.</summary>
internal sealed class HaproxyPeer : IPeer
{
    private readonly string? _path = Tool.Find("haproxy");

    public string Name => "haproxy";

    public string? Missing => _path is null ? "haproxy is not installed" : null;

    public string Version => Tool.Version(_path!, "-v");

    public string Configuration => "nbthread 2, http-reuse always, no log";

    public Server Start(int port, int originPort, ScratchFolder scratch)
    {
        string configuration = scratch.WriteTemplate("Peers/haproxy.cfg", "haproxy.cfg", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["ORIGIN"] = originPort.ToString(CultureInfo.InvariantCulture),
        });
        return new Server(_path!, ["-db", "-f", configuration], port);
    }
}

using System.Globalization;
using Portok.Compare.Processes;
using Portok.Testing;

namespace Portok.Compare.Peers;

/// <summary>YARP on Kestrel: see bench/peers/yarp.</summary>
internal sealed class YarpPeer : IPeer
{
    private readonly string _path = RepositoryRoot.Combine("bench", "peers", "yarp", "bin", "Release", "net10.0", "Portok.Peers.Yarp");

    public string Name => "yarp";

    public string? Missing => File.Exists(_path) ? null : "bench/peers/yarp is not built; ./bench-run --all-peers builds it";

    public string Version => "YARP 2.3.0 on Kestrel of .NET " + Environment.Version;

    public string Configuration => "Server GC, no logging, HTTP/1.1 upstream; adds X-Forwarded-*";

    public Server Start(PeerStart start) =>
        new(_path, [start.Port.ToString(CultureInfo.InvariantCulture), start.OriginPort.ToString(CultureInfo.InvariantCulture)], start.Port);
}

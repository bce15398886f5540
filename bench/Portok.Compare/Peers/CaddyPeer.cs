using Portok.Compare.Processes;

namespace Portok.Compare.Peers;

/// <summary>Caddy: see bench/peers/caddy.</summary>
internal sealed class CaddyPeer : IPeer
{
    private readonly string? _path = Tool.Find("caddy");

    public string Name => "caddy";

    public string? Missing => _path is null ? "caddy is not installed" : null;

    public string Version => $"Caddy {Tool.Version(_path!, "version")}";

    public string Configuration => "no admin endpoint, no access log, no compression, 2048 idle connections to the app, buffers 64 KiB; adds X-Forwarded-*";

    public Server Start(PeerStart start)
    {
        string configuration = Template.Fill("peers/caddy/Caddyfile", start.Folder, ("PORT", start.Port), ("ORIGIN", start.OriginPort));
        return new Server(
            _path!,
            ["run", "--config", configuration, "--adapter", "caddyfile"],
            start.Port,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["HOME"] = start.Folder.Path,
                ["XDG_DATA_HOME"] = start.Folder.Path,
                ["XDG_CONFIG_HOME"] = start.Folder.Path,
            });
    }
}

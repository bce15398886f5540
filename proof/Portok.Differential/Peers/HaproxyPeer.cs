namespace Portok.Differential.Peers;

/// <summary>HAProxy with kept connections on both sides.</summary>
internal sealed class HaproxyPeer : ProcessPeer
{
    private readonly string _program = Find("haproxy");

    public override string Name => "haproxy";

    public override string Version => string.Join(' ', Ask(_program, "-v").Split(' ').Skip(2).Take(1));

    public override string Setup => "mode http, http-reuse always";

    protected override RunningProcess Start(TempFolder folder, IReadOnlyList<(int Port, int Origin)> lanes)
    {
        string proxies = Each(lanes, (port, origin) => $"""
            frontend in{port}
              bind 127.0.0.1:{port}
              default_backend app{port}
            backend app{port}
              server app 127.0.0.1:{origin} pool-max-conn 16
            """);
        File.WriteAllText(folder.Combine("haproxy.cfg"), $"""
            global
              nbthread 1
            defaults
              mode http
              timeout connect 5s
              timeout client 30s
              timeout server 30s
              timeout http-request 30s
              option http-keep-alive
              http-reuse always
            {proxies}

            """);
        return RunningProcess.Start(_program, ["-db", "-q", "-f", folder.Combine("haproxy.cfg")]);
    }
}

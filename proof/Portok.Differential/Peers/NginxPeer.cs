namespace Portok.Differential.Peers;

/// <summary>nginx as its documentation sets up a proxy with kept connections.</summary>
internal class NginxPeer : ProcessPeer
{
    private readonly string _program = Find("nginx");

    public override string Name => "nginx";

    public override string Version => Ask(_program, "-v").Replace("nginx version: ", "", StringComparison.Ordinal);

    public override string Setup => "proxy_http_version 1.1, kept connections to the app, buffers as they come";

    /// <summary>More lines for the http block.</summary>
    protected virtual string More => "";

    protected override RunningProcess Start(TempFolder folder, IReadOnlyList<(int Port, int Origin)> lanes)
    {
        string user = Environment.UserName is "root" ? "user root;" : "";
        string servers = Each(lanes, (port, origin) => $$"""
            upstream app{{port}} { server 127.0.0.1:{{origin}}; keepalive 16; }
            server {
                listen 127.0.0.1:{{port}};
                location / {
                    proxy_pass http://app{{port}};
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_set_header Host $http_host;
                }
            }
            """);
        File.WriteAllText(folder.Combine("nginx.conf"), $$"""
            {{user}}
            daemon off;
            worker_processes 1;
            error_log stderr crit;
            pid {{folder.Combine("nginx.pid")}};
            events { worker_connections 2048; }
            http {
                access_log off;
                client_body_temp_path {{folder.Combine("body")}};
                proxy_temp_path {{folder.Combine("proxy")}};
                fastcgi_temp_path {{folder.Combine("fastcgi")}};
                uwsgi_temp_path {{folder.Combine("uwsgi")}};
                scgi_temp_path {{folder.Combine("scgi")}};
                client_max_body_size 0;
                {{More}}
                {{servers}}
            }
            """);
        return RunningProcess.Start(_program, ["-p", folder.Path, "-e", "stderr", "-c", folder.Combine("nginx.conf")]);
    }
}

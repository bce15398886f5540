namespace Portok.Testing;

/// <summary>Configuration and files of an nginx that serves as an origin.</summary>
internal static class NginxSite
{
    /// <summary>Size of the file /download in bytes.</summary>
    public const int DownloadBytes = 3_000_000;

    /// <summary>Writes nginx.conf and the files into the folder.</summary>
    public static void Write(TempFolder folder, int port, string version, int idleSeconds)
    {
        string files = folder.Combine("www");
        Directory.CreateDirectory(files);
        File.WriteAllText(Path.Combine(files, "version"), version);
        File.WriteAllText(Path.Combine(files, "health"), "ok");
        File.WriteAllBytes(Path.Combine(files, "download"), Pattern.Bytes(DownloadBytes));
        string user = Environment.UserName is "root" ? "user root;" : "";
        File.WriteAllText(folder.Combine("nginx.conf"), $$"""
            {{user}}
            daemon off;
            worker_processes 1;
            error_log stderr warn;
            pid {{folder.Combine("nginx.pid")}};
            events { worker_connections 512; }
            http {
                access_log off;
                keepalive_timeout {{idleSeconds}};
                client_body_temp_path {{folder.Combine("body")}};
                proxy_temp_path {{folder.Combine("proxy")}};
                fastcgi_temp_path {{folder.Combine("fastcgi")}};
                uwsgi_temp_path {{folder.Combine("uwsgi")}};
                scgi_temp_path {{folder.Combine("scgi")}};
                default_type application/octet-stream;
                add_header X-App-Version {{version}} always;
                server {
                    listen 127.0.0.1:{{port}};
                    root {{files}};
                    location / { }
                    location = /empty { return 204; }
                    location = /moved { return 302 /version; }
                }
            }
            """);
    }
}

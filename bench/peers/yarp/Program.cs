// YARP on Kestrel as its guide sets it up: routes and clusters from configuration, no logging on the path of a request.
// Portok.Peers.Yarp LISTEN ORIGIN
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.ListenLocalhost(int.Parse(args[0]), listen => listen.Protocols = HttpProtocols.Http1);
    kestrel.AddServerHeader = false;
    kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(5);
    kestrel.Limits.MaxRequestBodySize = null;
    kestrel.Limits.MinRequestBodyDataRate = null;
    kestrel.Limits.MinResponseDataRate = null;
});
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "all", ClusterId = "app", Match = new RouteMatch { Path = "{**path}" } }],
    [
        new ClusterConfig
        {
            ClusterId = "app",
            Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["app"] = new() { Address = $"http://127.0.0.1:{args[1]}" } },
            // The app speaks HTTP/1.1 only: no asking for more.
            HttpRequest = new ForwarderRequestConfig { Version = new Version(1, 1), VersionPolicy = HttpVersionPolicy.RequestVersionExact },
        },
    ]);
WebApplication app = builder.Build();
app.MapReverseProxy();
app.Run();

using System.Globalization;
using System.Net;
using DemoApp;

if (!int.TryParse(Environment.GetEnvironmentVariable("PORT"), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65535)
{
    await Console.Error.WriteLineAsync("PORT must be a number from 1 to 65535.");
    return 2;
}

string version = Environment.GetEnvironmentVariable("APP_VERSION") is { Length: > 0 } named ? named : "v1";

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port));
// Streams never end by themselves; a stop does not wait for them.
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

WebApplication app = builder.Build();
app.UseWebSockets();
app.Use((context, next) =>
{
    context.Response.Headers["X-App-Version"] = version;
    return next(context);
});
app.MapPages(version);
app.MapHealth();
app.MapBodies(version);
app.MapStreams(version);
await app.StartAsync();
Console.WriteLine($"{version} listens on 127.0.0.1:{port}");
await app.WaitForShutdownAsync();
return 0;

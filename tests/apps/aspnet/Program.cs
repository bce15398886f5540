using Portok.AspNetOrigin;

string version = Value("--version", "v1");
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls($"http://127.0.0.1:{Value("--port", "0")}");
// Long uploads are part of the tests; everything else is as Kestrel has it.
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);

WebApplication app = builder.Build();
app.Use((context, next) =>
{
    context.Response.Headers["X-App-Version"] = version;
    return next(context);
});
app.UseWebSockets();
HealthEndpoints.Map(app);
TransferEndpoints.Map(app);
StreamEndpoints.Map(app, version);
app.MapMethods("/version", [HttpMethods.Get, HttpMethods.Head], () => version);
app.MapGet("/empty", () => Results.NoContent());
app.MapGet("/moved", () => Results.Redirect("/version"));
app.MapGet("/slow", async (int ms, CancellationToken aborted) =>
{
    await Task.Delay(ms, aborted);
    return version;
});
await app.RunAsync();

string Value(string name, string otherwise)
{
    int at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
}

namespace Portok.AspNetOrigin;

/// <summary>A health path that can be told to fail or to hang.</summary>
internal static class HealthEndpoints
{
    public static void Map(WebApplication app)
    {
        string current = "ok";
        app.MapPost("/control/health", (string state) => Volatile.Write(ref current, state));
        app.MapGet("/health", async (HttpContext context) =>
        {
            switch (Volatile.Read(ref current))
            {
                case "fail":
                    return Results.Text("unwell", statusCode: 500);
                case "hang":
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                    return Results.Empty;
                default:
                    return Results.Text("ok");
            }
        });
    }
}

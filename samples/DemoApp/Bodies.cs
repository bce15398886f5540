namespace DemoApp;

/// <summary>Bodies of every size and pace: POST /echo, GET /slow?ms=, GET /download?bytes=.</summary>
internal static class Bodies
{
    private const int MaxSlowMs = 10 * 60 * 1000;

    public static void MapBodies(this WebApplication app, string version)
    {
        app.MapPost("/echo", EchoAsync);
        app.MapGet("/slow", async (int? ms, CancellationToken aborted) =>
        {
            await Task.Delay(Math.Clamp(ms ?? 1000, 0, MaxSlowMs), aborted);
            return Results.Text(version);
        });
        app.MapGet("/download", (long? bytes, HttpContext context) => DownloadAsync(Math.Max(0, bytes ?? 1024 * 1024), context));
    }

    private static Task EchoAsync(HttpContext context)
    {
        context.Response.ContentType = context.Request.ContentType ?? "application/octet-stream";
        context.Response.ContentLength = context.Request.ContentLength;
        return context.Request.Body.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>Letters in order, so that a lost or doubled piece would show.</summary>
    private static async Task DownloadAsync(long bytes, HttpContext context)
    {
        byte[] block = new byte[26 * 1024];
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = (byte)('a' + (i % 26));
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = bytes;
        for (long left = bytes; left > 0; left -= block.Length)
        {
            await context.Response.Body.WriteAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)), context.RequestAborted);
        }
    }
}

using System.Globalization;
using System.Security.Cryptography;

namespace Portok.AspNetOrigin;

/// <summary>Bodies up and down.</summary>
internal static class TransferEndpoints
{
    private const int Period = 251;

    public static void Map(WebApplication app)
    {
        app.MapPost("/echo", EchoAsync);
        app.MapPost("/upload", (Delegate)UploadAsync);
        app.MapGet("/download", DownloadAsync);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        context.Response.ContentType = context.Request.ContentType;
        context.Response.ContentLength = context.Request.ContentLength;
        await context.Request.Body.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static async Task<string> UploadAsync(HttpContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        int count;
        while ((count = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            hash.AppendData(buffer, 0, count);
            total += count;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{total} {Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }

    private static async Task DownloadAsync(HttpContext context, long bytes, int chunked = 0, int piece = 32 * 1024, int everyMs = 0)
    {
        context.Response.ContentType = "application/octet-stream";
        if (chunked == 0)
            context.Response.ContentLength = bytes;
        byte[] buffer = new byte[piece];
        for (long at = 0; at < bytes; at += piece)
        {
            int count = (int)Math.Min(piece, bytes - at);
            for (int index = 0; index < count; index++)
                buffer[index] = (byte)((at + index) % Period);
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (everyMs > 0)
                await Task.Delay(everyMs, context.RequestAborted);
        }
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;

namespace Portok.AspNetOrigin;

/// <summary>Streams without an end: server-sent events and WebSocket.</summary>
internal static class StreamEndpoints
{
    public static void Map(WebApplication app, string version)
    {
        var closes = new ConcurrentQueue<int>();
        app.MapGet("/events", (HttpContext context, int everyMs = 100) => EventsAsync(context, version, everyMs));
        app.Map("/ws", context => EchoAsync(context, closes));
        app.MapGet("/ws/closes", () => string.Join(' ', closes.Select(code => code.ToString(CultureInfo.InvariantCulture))));
    }

    private static async Task EventsAsync(HttpContext context, string version, int everyMs)
    {
        context.Response.ContentType = "text/event-stream";
        for (int number = 0; !context.RequestAborted.IsCancellationRequested; number++)
        {
            await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"data: {version} {number}\n\n"), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(everyMs, context.RequestAborted);
        }
    }

    private static async Task EchoAsync(HttpContext context, ConcurrentQueue<int> closes)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, context.RequestAborted);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    closes.Enqueue((int)(received.CloseStatus ?? WebSocketCloseStatus.Empty));
                    await socket.CloseOutputAsync(received.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
                    return;
                }

                await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException)
        {
            // 1006 of RFC 6455 7.1.5: the connection ended without a close frame.
            closes.Enqueue(1006);
        }
    }
}

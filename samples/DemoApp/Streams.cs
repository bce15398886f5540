using System.Net.WebSockets;
using System.Text;

namespace DemoApp;

/// <summary>What stays open: GET /events (server-sent events) and /ws (a WebSocket that echoes).</summary>
internal static class Streams
{
    private static readonly TimeSpan EventInterval = TimeSpan.FromMilliseconds(200);

    public static void MapStreams(this WebApplication app, string version)
    {
        CancellationToken stopping = app.Lifetime.ApplicationStopping;
        app.MapGet("/events", context => SendEventsAsync(context, version, stopping));
        app.Map("/ws", context => EchoAsync(context, version, stopping));
    }

    private static async Task SendEventsAsync(HttpContext context, string version, CancellationToken stopping)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        using PeriodicTimer timer = new(EventInterval);
        try
        {
            for (int number = 1; ; number++)
            {
                await context.Response.WriteAsync($"id: {number}\ndata: {version} {number}\n\n", over.Token);
                await context.Response.Body.FlushAsync(over.Token);
                await timer.WaitForNextTickAsync(over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or the app stops.
        }
    }

    /// <summary>Sends every message back with the version in front, until the other side closes.</summary>
    private static async Task EchoAsync(HttpContext context, string version, CancellationToken stopping)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        byte[] prefix = Encoding.UTF8.GetBytes($"{version}: ");
        byte[] buffer = new byte[16 * 1024];
        try
        {
            bool continued = false;
            while (true)
            {
                ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), stopping);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    WebSocketCloseStatus status = socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure;
                    await socket.CloseOutputAsync(status == WebSocketCloseStatus.Empty ? WebSocketCloseStatus.NormalClosure : status, null, stopping);
                    return;
                }

                if (!continued)
                {
                    await socket.SendAsync(prefix, received.MessageType, endOfMessage: false, stopping);
                }

                await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, stopping);
                continued = !received.EndOfMessage;
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The client has gone without a word, or the app stops.
        }
    }
}

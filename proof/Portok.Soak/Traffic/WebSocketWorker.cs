using System.Globalization;
using System.Net.WebSockets;

namespace Portok.Soak.Traffic;

/// <summary>
/// A WebSocket client: every message must come back. It may be ended by itself (1000) or, a drain's time after a switch, by
/// Portok's 1001; any other end is a loss.
/// </summary>
internal sealed class WebSocketWorker(Shared shared, int seed)
{
    private readonly Random _random = new(seed);
    private readonly byte[] _received = new byte[64 * 1024];

    internal async Task RunAsync()
    {
        while (await shared.PauseAsync(_random, 1, 100))
        {
            try
            {
                await LiveAsync();
            }
            catch (Exception fault) when (fault is WebSocketException or OperationCanceledException)
            {
                shared.Tally.Fail("WebSocket", fault.ToString()[..300]);
            }
        }
    }

    private async Task LiveAsync()
    {
        int begun = shared.Versions.Now();
        using var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.CollectHttpResponseDetails = true;
        using var patience = new CancellationTokenSource(Testing.Patience.Long);
        await socket.ConnectAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{shared.Port}/ws")), patience.Token);
        string version = socket.HttpResponseHeaders?["X-App-Version"].First() ?? "nobody";
        if (!shared.Versions.IsRight(begun, version)) shared.Tally.Fail("WebSocket", $"taken by {version}, which was not active any more");
        socket.HttpResponseHeaders = null;

        int messages = _random.Next(1, 400);
        for (int i = 0; i < messages && await shared.PauseAsync(_random, 1, 60); i++)
        {
            patience.CancelAfter(Testing.Patience.Long);
            byte[] message = new byte[Sizes.Spread(_random, 20_000)];
            _random.NextBytes(message);
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, patience.Token);
            if (!await ComesBackAsync(socket, message, begun, patience.Token)) return;
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        shared.Tally.Well("WebSocket closed by the client");
    }

    /// <summary>False when the connection was closed instead.</summary>
    private async Task<bool> ComesBackAsync(ClientWebSocket socket, byte[] message, int begun, CancellationToken patience)
    {
        int count = 0;
        while (count < message.Length)
        {
            ValueWebSocketReceiveResult received = await socket.ReceiveAsync(_received.AsMemory(count), patience);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await ClosedAsync(socket, begun, patience);
                return false;
            }

            count += received.Count;
        }

        if (_received.AsSpan(0, count).SequenceEqual(message)) shared.Tally.Well("WebSocket message", count);
        else shared.Tally.Fail("WebSocket", $"a message of {message.Length} bytes did not come back as it was");
        return true;
    }

    private async Task ClosedAsync(ClientWebSocket socket, int begun, CancellationToken patience)
    {
        if (socket.CloseStatus == WebSocketCloseStatus.EndpointUnavailable && shared.Versions.Now() > begun) shared.Tally.Well("WebSocket closed with 1001");
        else shared.Tally.Fail("WebSocket", $"closed with {socket.CloseStatus} without a switch since it was opened");
        await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, patience);
    }
}

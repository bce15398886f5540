using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Portok.Cli.Demo.Load;

/// <summary>How a WebSocket ended.</summary>
/// <param name="Version">Who was behind it.</param>
/// <param name="Code">The close code received; null when it ended without a close frame.</param>
/// <param name="At">A Stopwatch timestamp.</param>
internal sealed record WebSocketEnd(Versions Version, int? Code, long At);

/// <summary>A few WebSockets that send a message now and then, expect it back, and come again when they are closed, as a browser's would.</summary>
internal sealed class WebSocketLoad(IPEndPoint target, int count, LoadStatistics statistics)
{
    private static readonly TimeSpan SendEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly List<WebSocketEnd> _ends = [];
    private readonly Versions[] _open = new Versions[count];

    public int Count => count;

    /// <summary>Every end so far, in order.</summary>
    public IReadOnlyList<WebSocketEnd> Ends
    {
        get
        {
            lock (_lock)
            {
                return [.. _ends];
            }
        }
    }

    /// <summary>How many are open now on a version, counted from their first echo.</summary>
    public int OpenOn(Versions version)
    {
        lock (_lock)
        {
            return _open.Count(v => v == version);
        }
    }

    /// <summary>Runs until cancelled. Does not throw.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => LiveAsync(i, stop), CancellationToken.None)));

    private async Task LiveAsync(int index, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await TalkAsync(index, stop).ConfigureAwait(false);
                await Task.Delay(ComeBackAfter, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>One connection, from its opening to its end.</summary>
    private async Task TalkAsync(int index, CancellationToken stop)
    {
        using ClientWebSocket socket = new();
        socket.Options.Proxy = null;
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        int? code = null;
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{target}/ws"), stop).ConfigureAwait(false);
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task sending = SendAsync(socket, over.Token, stop);
            code = await ReceiveAsync(index, socket, stop).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
            await socket.CloseOutputAsync(socket.CloseStatus is WebSocketCloseStatus.Empty or null ? WebSocketCloseStatus.NormalClosure : socket.CloseStatus.Value, null, stop).ConfigureAwait(false);
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            // Whatever ended it, it is judged by the code, which is null unless a close frame came first.
        }
        finally
        {
            if (!stop.IsCancellationRequested)
            {
                End(index, code);
            }
        }
    }

    /// <param name="over">Ends it between two messages: cancelling in the middle of one would abort the socket.</param>
    private static async Task SendAsync(ClientWebSocket socket, CancellationToken over, CancellationToken stop)
    {
        using PeriodicTimer timer = new(SendEvery);
        try
        {
            for (int number = 0; ; number++)
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes($"message {number}"), WebSocketMessageType.Text, endOfMessage: true, stop).ConfigureAwait(false);
                await timer.WaitForNextTickAsync(over).ConfigureAwait(false);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or WebSocketException or InvalidOperationException)
        {
            // The receiving side says how it ended.
        }
    }

    /// <returns>The code of the close frame; null when there was none in it.</returns>
    private async Task<int?> ReceiveAsync(int index, ClientWebSocket socket, CancellationToken stop)
    {
        byte[] buffer = new byte[1024];
        for (int number = 0; ; number++)
        {
            int length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(length), stop).ConfigureAwait(false);
                length += received.Count;
            }
            while (!received.EndOfMessage && length < buffer.Length);

            if (received.MessageType == WebSocketMessageType.Close)
            {
                return (int?)socket.CloseStatus;
            }

            string text = Encoding.UTF8.GetString(buffer, 0, length);
            Versions version = text.Length > 2 ? VersionRule.Named(buffer.AsSpan(0, 2)) : Versions.None;
            if (version == Versions.None || !string.Equals(text[2..], $": message {number}", StringComparison.Ordinal))
            {
                statistics.WrongEcho($"a WebSocket message came back wrong: {text}");
            }

            Open(index, version);
        }
    }

    private void Open(int index, Versions version)
    {
        lock (_lock)
        {
            _open[index] = version;
        }
    }

    private void End(int index, int? code)
    {
        lock (_lock)
        {
            _ends.Add(new WebSocketEnd(_open[index], code, Stopwatch.GetTimestamp()));
            _open[index] = Versions.None;
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Portok.EndToEnd.Tests.Clients;

namespace Portok.EndToEnd.Tests.Switching;

/// <summary>Work that began before a switch goes on where it began: to its end, or to the end of the drain.</summary>
public sealed class LongWorkTests : IAsyncLifetime
{
    private const int DrainMs = 4000;
    private ForeignApp? _old;
    private ForeignApp? _next;
    private TempInstance? _instance;
    private PortokDaemon? _daemon;

    private PortokDaemon Daemon => _daemon!;

    public async ValueTask InitializeAsync()
    {
        _old = await ForeignApp.AspNetAsync("v1");
        _next = await ForeignApp.NodeAsync("v2");
        (_instance, _daemon) = await TempInstance.StartNewAsync(_old.Port, ("DRAIN_MS", DrainMs.ToString(CultureInfo.InvariantCulture)));
    }

    public async ValueTask DisposeAsync()
    {
        await _instance!.DisposeAsync();
        await _next!.DisposeAsync();
        await _old!.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("&chunked=1")]
    public async Task Download_AcrossASwitch_FinishesWholeFromTheOldVersion(string form)
    {
        await using RawClient client = await Daemon.ConnectAsync();
        await client.SendAsync($"GET /download?bytes=2000000&piece=100000&everyMs=100{form} HTTP/1.1\r\nHost: a\r\n\r\n");
        (await client.PeekAsync(100_000)).Length.ShouldBe(100_000);
        await Daemon.SwitchAsync(_next!.Port);
        (await VersionOfNewRequestAsync()).ShouldBe("v2");
        WireMessage answer = await client.ReadResponseAsync();
        answer["X-App-Version"].ShouldBe("v1");
        answer.Body.Length.ShouldBe(2_000_000);
        Pattern.FirstFault(answer.Body).ShouldBe(-1);
        (await client.AskAsync("GET /version HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("v2", "the next request of the same connection goes to the new version");
    }

    [Fact]
    public async Task Upload_AcrossASwitch_FinishesWholeAtTheOldVersion()
    {
        byte[] body = RandomNumberGenerator.GetBytes(1_000_000);
        await using RawClient client = await Daemon.ConnectAsync();
        await client.SendAsync($"POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: {body.Length}\r\n\r\n");
        await client.SendAsync(body.AsMemory(0, 400_000));
        await InflightIsAsync(1);
        await Daemon.SwitchAsync(_next!.Port);
        (await VersionOfNewRequestAsync()).ShouldBe("v2");
        await client.SendAsync(body.AsMemory(400_000));
        WireMessage answer = await client.ReadResponseAsync();
        answer["X-App-Version"].ShouldBe("v1");
        answer.Text.ShouldBe($"{body.Length} {Convert.ToHexStringLower(SHA256.HashData(body))}");
    }

    [Fact]
    public async Task Events_AcrossASwitch_GoOnUntilTheDrainEnds()
    {
        await using RawClient client = await Daemon.ConnectAsync();
        await client.SendAsync("GET /events?everyMs=50 HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.ReadThroughAsync("data: v1 3\n\n");
        await Daemon.SwitchAsync(_next!.Port);
        long start = Stopwatch.GetTimestamp();
        string rest = Latin1.Text(await client.ReadToEndAsync());
        TimeSpan lived = Stopwatch.GetElapsedTime(start);
        lived.ShouldBeInRange(TimeSpan.FromMilliseconds(DrainMs * 0.9), TimeSpan.FromMilliseconds(DrainMs + 3000));
        rest.ShouldContain("data: v1 20\n\n");
        rest.ShouldNotContain("v2");
        rest.ShouldNotEndWith("0\r\n\r\n", customMessage: "what was cut must not look complete");
        (await Daemon.Admin.StatusAsync())["drainUntil"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task WebSocket_AcrossASwitch_LivesUntilTheDrainEndsAndBothSidesGet1001()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{Daemon.Port}/ws"), CancellationToken.None);
        await using RunningProcess ws = NodeClients.StartWs(Daemon.Port, "wait");
        await Poll.UntilAsync(() => ws.Output.Contains("open", StringComparison.Ordinal) || ws.HasExited, Patience.Long);
        await EchoAsync(socket, "before");
        await Daemon.SwitchAsync(_next!.Port);
        long start = Stopwatch.GetTimestamp();
        AdminAnswer status = await Daemon.Admin.StatusAsync();
        status["drain.tunnels"].GetInt32().ShouldBe(2);
        status["drain.port"].GetInt32().ShouldBe(_old!.Port);
        await EchoAsync(socket, "after");

        WebSocketReceiveResult received = await socket.ReceiveAsync(new byte[1000], CancellationToken.None).WaitAsync(Patience.Normal);
        received.MessageType.ShouldBe(WebSocketMessageType.Close);
        ((int?)received.CloseStatus).ShouldBe(1001);
        Stopwatch.GetElapsedTime(start).ShouldBeInRange(TimeSpan.FromMilliseconds(DrainMs * 0.9), TimeSpan.FromMilliseconds(DrainMs + 3000));
        (await ws.WaitForExitAsync()).ShouldBe(0, ws.Transcript);
        ws.Output.ShouldBe("open\nclosed 1001\n");
        await Poll.ForAsync(() => _old!.GetAsync("/ws/closes"), closes => closes is "1001 1001", what: "the app to have seen 1001 twice");
    }

    [Fact]
    public async Task Drain_AllOldWorkGone_DrainUntilBecomesNullAtOnce()
    {
        await using RawClient client = await Daemon.ConnectAsync();
        await client.SendAsync("GET /slow?ms=1000 HTTP/1.1\r\nHost: a\r\n\r\n");
        await InflightIsAsync(1);
        await Daemon.SwitchAsync(_next!.Port);
        AdminAnswer during = await Daemon.Admin.StatusAsync();
        during["drainUntil"].GetDateTimeOffset().ShouldBeInRange(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMilliseconds(DrainMs));
        during["drain.inflight"].GetInt32().ShouldBe(1);
        (await client.ReadResponseAsync()).Text.ShouldBe("v1");
        await Poll.ForAsync(Daemon.Admin.StatusAsync, status => status["drainUntil"].ValueKind == System.Text.Json.JsonValueKind.Null, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Drain_NoOldWorkAtAll_DrainUntilIsNullRightAfterTheSwitch()
    {
        await Daemon.SwitchAsync(_next!.Port);
        await Poll.ForAsync(Daemon.Admin.StatusAsync, status => status["drainUntil"].ValueKind == System.Text.Json.JsonValueKind.Null, TimeSpan.FromSeconds(2));
    }

    private async Task<string> VersionOfNewRequestAsync() => (await RawClient.AskOnceAsync(Daemon.Port, "GET /version HTTP/1.1\r\nHost: a\r\n\r\n")).Text;

    private Task InflightIsAsync(long count)
        => Poll.ForAsync(Daemon.Admin.MetricsAsync, metrics => metrics["inflight"].GetInt64() == count, what: $"{count} in flight");

    private static async Task EchoAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Latin1.Bytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        byte[] buffer = new byte[1000];
        WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Patience.Normal);
        Latin1.Text(buffer.AsSpan(0, received.Count)).ShouldBe(text);
    }
}

using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Relay;

/// <summary>Answers that end too early, too late or in an unusual moment.</summary>
public sealed class CutShortTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n0\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly t", false)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nonly this", true)]
    public async Task Body_CutOffByTheApp_IsNeverCompletedForTheClient(string response, bool reset)
    {
        RunningEngine? running = null;
        await using ScriptedApp app = ScriptedApp.Start(CutAfter(response, reset, () => running!.Counters.BytesToClients > 0));
        await using RunningEngine engine = running = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Conversations.Get("/"));
        await Should.ThrowAsync<WireException>(client.ReadResponseAsync());
        // It had to look like the whole head, and then to end: neither silence nor a last chunk.
        Latin1.Text(client.Received).ShouldStartWith("HTTP/1.1 200 OK\r\n");
        client.End.ShouldNotBe(WireEnd.Open);
        Latin1.Text(client.Received).ShouldNotEndWith("0\r\n\r\n");
        engine.Counters.TotalProxyErrors.ShouldBe(1);
        engine.Counters.LastProxyError!.Kind.ShouldBe("http_response_incomplete");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nonly this", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", false)]
    public async Task Body_CutOffByTheApp_Http10ClientIsReset(string response, bool reset)
    {
        RunningEngine? running = null;
        await using ScriptedApp app = ScriptedApp.Start(CutAfter(response, reset, () => running!.Counters.BytesToClients > 0));
        await using RunningEngine engine = running = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
        await client.ReadToEndAsync();
        // For this client the end of the connection is the end of the body: only a reset tells the difference.
        client.End.ShouldBe(WireEnd.Reset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 O")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n")]
    [InlineData("HTTP/1.1 103 Early Hints\r\n\r\n")]
    public async Task Head_CutOffByTheApp_Is502AndTheClientGoesOn(string response)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.ByConnection(Scripts.Once(response), Scripts.Always(Scripts.Ok("well"))));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        WireMessage answer = await client.AskAsync(Conversations.Get("/"));
        if (answer.Status == 103) answer = await client.ReadResponseAsync();
        answer.Status.ShouldBe(502);
        (await client.AskAsync(Conversations.Get("/"))).Text.ShouldBe("well");
    }

    [Fact]
    public async Task Fin_TogetherWithTheLastBytes_AnswerIsWhole()
    {
        string body = Latin1.Text(Pattern.Bytes(600_000));
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Once(Scripts.Ok(body)));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        for (int i = 0; i < 10; i++) Pattern.FirstFault((await engine.AskOnceAsync(Conversations.Get("/"))).Body).ShouldBe(-1);
        await Poll.UntilAsync(() => engine.Counters.UpstreamConnectionsOpen == 0);
    }

    [Theory]
    [InlineData("Content-Length: 4\r\n\r\nwell")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\nwell\r\n0\r\n\r\n")]
    public async Task SurplusBytes_AfterTheAnswer_ThatConnectionIsNotUsedAgain(string framed)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always($"HTTP/1.1 200 OK\r\n{framed}HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison"));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        for (int i = 0; i < 3; i++) (await client.AskAsync(Conversations.Get("/"))).Text.ShouldBe("well");
        app.Connections.Count.ShouldBe(3);
    }

    [Fact]
    public async Task SurplusBytes_OnTheIdleConnection_ThrowItOutOfThePool()
    {
        using var go = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(Scripts.Ok("well"));
            await go.WaitAsync(Patience.Normal);
            await connection.SendAsync(Scripts.Ok("poison"));
            await connection.StallAsync();
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        (await client.AskAsync(Conversations.Get("/"))).Text.ShouldBe("well");
        engine.Counters.UpstreamConnectionsIdle.ShouldBe(1);
        go.Release();
        await Poll.UntilAsync(() => engine.Counters.UpstreamConnectionsIdle == 0);
        (await client.AskAsync(Conversations.Get("/"))).Text.ShouldBe("well");
        go.Release();
    }

    [Fact]
    public async Task EarlyAnswer_WhileTheBodyStillComes_IsDeliveredWholeThoughTheAppHasClosed()
    {
        string body = new('e', 2000);
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestHeadAsync();
            await connection.SendAsync($"HTTP/1.1 413 Too Large\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        for (int i = 0; i < 10; i++)
        {
            await using RawClient client = await engine.ConnectAsync();
            await client.SendAsync("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 50000000\r\n\r\n");
            Task sending = SendAsMuchAsIsTakenAsync(client, 50_000_000);
            WireMessage answer = await client.ReadResponseAsync();
            answer.Status.ShouldBe(413);
            answer.Text.ShouldBe(body);
            answer.HasToken("Connection", "close").ShouldBeTrue();
            await sending;
        }
    }

    [Fact]
    public async Task CloseDelimitedAnswer_ResetWhileTheUploadIsStuck_IsNeverCompletedForTheClient()
    {
        RunningEngine? running = null;
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n\r\nonly this");
            // Only once the app's socket is full is it a send that meets the reset first, and takes the error away.
            await Poll.UntilAsync(() => running!.Counters.BytesToClients > 0);
            long before = -1;
            int same = 0;
            await Poll.UntilAsync(() => (same = running!.Counters.BytesFromClients == before ? same + 1 : 0) == 20 || (before = running.Counters.BytesFromClients) < 0);
            connection.Reset();
        });
        await using RunningEngine engine = running = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 50000000\r\n\r\n");
        Task sending = SendAsMuchAsIsTakenAsync(client, 50_000_000);
        await Should.ThrowAsync<WireException>(client.ReadResponseAsync());
        Latin1.Text(client.Received).ShouldStartWith("HTTP/1.1 200 OK\r\n");
        Latin1.Text(client.Received).ShouldNotEndWith("0\r\n\r\n");
        engine.Counters.LastProxyError!.Kind.ShouldBe("http_response_incomplete");
        await sending;
    }

    [Fact]
    public async Task AnswerEnds_RequestBodyStillStreaming_ConnectionEndsBehindTheAnswer()
    {
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestHeadAsync();
            await connection.SendAsync(Scripts.Ok("enough"));
            await connection.StallAsync();
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        (await client.ReadResponseAsync()).Text.ShouldBe("enough");
        // What belongs to the old body must never be taken for a new request.
        await client.SendAsync("26\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n  \r\n0\r\n\r\n");
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        client.End.ShouldBe(WireEnd.Closed);
        app.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ClientReset_WhileTheAppWorks_CancelsTheRequestAtOnce()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Stall());
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Conversations.Get("/long"));
        AppConnection connection = await app.ConnectionAsync();
        await app.RequestAsync();
        client.Reset();
        await connection.Done.WaitAsync(Patience.Normal);
        engine.Counters.Inflight.ShouldBe(0);
    }

    [Fact]
    public async Task ClientFin_InsideItsBody_Is400AndTheAppIsToldNothingWhole()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Echo());
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
        client.HalfClose();
        (await client.ReadResponseAsync()).Status.ShouldBe(400);
        await (await app.ConnectionAsync()).Done.WaitAsync(Patience.Normal);
        app.Requests.ShouldBeEmpty();
    }

    private static Func<AppConnection, Task> CutAfter(string response, bool reset, Func<bool> passed) => async connection =>
    {
        await connection.ReadRequestAsync();
        await connection.SendAsync(response);
        if (!reset) return;
        await Poll.UntilAsync(passed);
        connection.Reset();
    };

    private static async Task SendAsMuchAsIsTakenAsync(RawClient client, int most)
    {
        byte[] block = new byte[64 * 1024];
        try
        {
            for (int sent = 0; sent < most; sent += block.Length) await client.SendAsync(block);
        }
        catch (WireException)
        {
            // Portok stopped taking it, after the answer.
        }
    }
}

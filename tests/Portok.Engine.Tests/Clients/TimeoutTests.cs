using System.Diagnostics;
using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Clients;

/// <summary>Nobody may be silent for ever. The times are short here, the order of events is what counts.</summary>
public sealed class TimeoutTests
{
    [Fact]
    public async Task Head_NotCompleteInTime_Is408HoweverSlowlyItDrips()
    {
        await using RunningEngine engine = Start(FreePort.Next(), new() { ServerHeadersTimeoutMs = 1500 });
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n");
        Task dripping = DripFieldsAsync(client);
        WireMessage answer = await client.ReadResponseAsync();
        answer.Status.ShouldBe(408);
        await client.ReadToEndAsync();
        await dripping;
    }

    [Fact]
    public async Task Connection_ThatSaysNothingAtAll_IsClosedWithoutAWord()
    {
        await using RunningEngine engine = Start(FreePort.Next(), new() { ServerHeadersTimeoutMs = 100 });
        await using RawClient client = await engine.ConnectAsync();
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        client.End.ShouldBe(WireEnd.Closed);
    }

    [Fact]
    public async Task KeptAlive_IdleForTheTime_IsClosedWithoutAWord_ButNotBefore()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        await using RunningEngine engine = Start(app.Port, new() { ServerKeepAliveTimeoutMs = 300 });
        await using RawClient client = await engine.ConnectAsync();
        long idleSince = Stopwatch.GetTimestamp();
        await client.AskAsync(Conversations.Get("/"));
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        client.End.ShouldBe(WireEnd.Closed);
        Stopwatch.GetElapsedTime(idleSince).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(290));
    }

    [Theory]
    [InlineData("", "\r\n")]
    [InlineData("", "\r")]
    [InlineData("\r\n", "")]
    public async Task KeptAlive_IdleBehindAStrayEmptyLine_IsClosedWithoutAWord(string withTheRequest, string later)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        await using RunningEngine engine = Start(app.Port, new() { ServerKeepAliveTimeoutMs = 300, ServerHeadersTimeoutMs = 600 });
        await using RawClient client = await engine.ConnectAsync();
        (await client.AskAsync(Conversations.Get("/") + withTheRequest)).Text.ShouldBe("well");
        await client.SendAsync(later);
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        client.End.ShouldBe(WireEnd.Closed);
    }

    [Fact]
    public async Task Head_BegunBehindAStrayEmptyLineAndNotComplete_Is408()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        await using RunningEngine engine = Start(app.Port, new() { ServerHeadersTimeoutMs = 300 });
        await using RawClient client = await engine.ConnectAsync();
        (await client.AskAsync(Conversations.Get("/") + "\r\n")).Text.ShouldBe("well");
        await client.SendAsync("GET / HTT");
        (await client.ReadResponseAsync()).Status.ShouldBe(408);
    }

    [Fact]
    public async Task App_NeverAnswers_Is504_OthersDoNotNotice()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.ByConnection(Scripts.Stall(), Scripts.Always(Scripts.Ok("well"))));
        await using RunningEngine engine = Start(app.Port, new() { UpstreamResponseTimeoutMs = 1500 });
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Conversations.Get("/hangs"));
        await app.RequestAsync();
        (await engine.AskOnceAsync(Conversations.Get("/"))).Text.ShouldBe("well");
        WireMessage answer = await client.ReadResponseAsync();
        answer.Status.ShouldBe(504);
        engine.Counters.LastProxyError!.Kind.ShouldBe("http_response_timeout");
        (await client.AskAsync(Conversations.Get("/"))).Text.ShouldBe("well");
    }

    [Fact]
    public async Task App_FallsSilentInsideItsAnswer_ClientIsCutOff()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Stall("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"));
        await using RunningEngine engine = Start(app.Port, new() { UpstreamResponseTimeoutMs = 200 });
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Conversations.Get("/"));
        Latin1.Text(await client.ReadToEndAsync()).ShouldEndWith("only this");
    }

    [Fact]
    public async Task App_SlowButNeverSilentForTheTime_IsLeftAlone()
    {
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n");
            for (int i = 0; i < 12; i++)
            {
                await Task.Delay(250);
                await connection.SendAsync("x");
            }

            await connection.StallAsync();
        });
        await using RunningEngine engine = Start(app.Port, new() { UpstreamResponseTimeoutMs = 2000 });
        (await engine.AskOnceAsync(Conversations.Get("/"))).Text.Length.ShouldBe(12);
    }

    [Fact]
    public async Task Body_ThatStopsComing_Is408()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Echo());
        await using RunningEngine engine = Start(app.Port, new() { ClientIdleTimeoutMs = 200 });
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
        (await client.ReadResponseAsync()).Status.ShouldBe(408);
        await client.ReadToEndAsync();
        await (await app.ConnectionAsync()).Done.WaitAsync(Patience.Normal);
        engine.Counters.TotalProxyErrors.ShouldBe(0, "the app has done nothing wrong");
    }

    [Fact]
    public async Task Client_ThatDoesNotReadItsAnswer_IsCutOffAndTheAppIsFreed()
    {
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 500000000\r\n\r\n");
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 500; i++) await connection.SendAsync(block);
        });
        await using RunningEngine engine = Start(app.Port, new() { ClientIdleTimeoutMs = 300 });
        await using RawClient client = await engine.ConnectAsync(receiveBuffer: 8192);
        await client.SendAsync(Conversations.Get("/"));
        await Poll.UntilAsync(() => engine.Counters.ClientConnectionsAccepted == 1 && engine.Counters.ClientConnectionsOpen == 0);
        await (await app.ConnectionAsync()).Done.WaitAsync(Patience.Normal);
    }

    [Fact]
    public async Task Client_ThatReadsSlowly_HoldsTheAppBackAndMemoryStaysSmall()
    {
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 500000000\r\n\r\n");
            await connection.SendUntilStalledAsync(new byte[1 << 20], 500_000_000, TimeSpan.FromMilliseconds(500));
        });
        await using RunningEngine engine = Start(app.Port, new());
        await using RawClient client = await engine.ConnectAsync(receiveBuffer: 8192);
        await client.SendAsync(Conversations.Get("/"));
        await (await app.ConnectionAsync()).Done.WaitAsync(Patience.Normal);
        // What passed is what the kernel's buffers hold, and one buffer of ours.
        engine.Counters.BytesToClients.ShouldBeLessThan(50_000_000);
        (await engine.OnReactorsAsync(r => r.Buffers.Rented)).ShouldAllBe(rented => rented <= 1);
        client.Reset();
    }

    [Fact]
    public async Task Limits_ChangedWhileRunning_HoldForWhatBeginsThen()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Echo());
        await using RunningEngine engine = Start(app.Port, new());
        await using RawClient client = await engine.ConnectAsync();
        (await client.AskAsync(Conversations.Post("/", "12345678"))).Status.ShouldBe(200);
        engine.Engine.Apply(new() { MaxBodyBytes = 5 });
        (await client.AskAsync(Conversations.Post("/", "12345678"))).Status.ShouldBe(413);
        (await engine.AskOnceAsync(Conversations.Chunked("/", "1234", "5678"))).Status.ShouldBe(413);
        (await engine.AskOnceAsync(Conversations.Chunked("/", "1234", "5"))).Text.ShouldBe("12345");
    }

    private static RunningEngine Start(int port, EngineLimits limits) => RunningEngine.Start(port, o => o with { Limits = limits });

    private static async Task DripFieldsAsync(RawClient client)
    {
        try
        {
            for (int i = 0; i < 120 && client.ReceivedCount == 0; i++)
            {
                await client.SendAsync($"X-{i}: y\r\n");
                await Task.Delay(20);
            }
        }
        catch (WireException)
        {
            // Closed: that is what it waits for.
        }
    }
}

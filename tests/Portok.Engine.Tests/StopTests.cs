using System.Diagnostics;
using System.Net;
using Portok.Engine.Tests.Support;
using Portok.Linux.Sockets;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests;

public sealed class StopTests
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Idle_StopsAtOnceAndFreesThePort()
    {
        await using RunningEngine engine = RunningEngine.Start(FreePort.Next(), o => o with { Reactors = 2 });
        long start = Stopwatch.GetTimestamp();
        await engine.StopAsync(Drain);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<WireException>(engine.ConnectAsync());
    }

    [Fact]
    public async Task IdleKeptAliveClients_AreClosedAfterAShortGrace()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.AskAsync(Conversations.Get("/"));
        Task stopping = engine.StopAsync(Drain);
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        client.End.ShouldBe(WireEnd.Closed);
        await stopping.WaitAsync(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task RequestUnderWay_IsFinishedWithConnectionClose_AndEndsTheStop()
    {
        using var go = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await go.WaitAsync(Patience.Normal);
            await connection.SendAsync(Scripts.Ok("finished"));
            await connection.StallAsync();
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Conversations.Get("/"));
        await app.RequestAsync();
        Task stopping = engine.StopAsync(Drain);
        await Poll.UntilAsync(async () => (await engine.OnReactorsAsync(r => r.Stopping))[0]);
        stopping.IsCompleted.ShouldBeFalse();
        go.Release();
        WireMessage answer = await client.ReadResponseAsync();
        answer.Text.ShouldBe("finished");
        answer.HasToken("Connection", "close").ShouldBeTrue();
        await stopping.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task RequestOnItsWayOnAKeptAliveConnection_StillGetsItsAnswer()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.AskAsync(Conversations.Get("/"));
        Task stopping = engine.StopAsync(Drain);
        WireMessage answer = await client.AskAsync(Conversations.Get("/"));
        answer.Text.ShouldBe("well");
        answer.HasToken("Connection", "close").ShouldBeTrue();
        await stopping.WaitAsync(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task HangingRequest_IsCutAfterTheDrain_WithAnAnswer()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Stall());
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Conversations.Get("/hangs"));
        await app.RequestAsync();
        long start = Stopwatch.GetTimestamp();
        await engine.StopAsync(TimeSpan.FromMilliseconds(300));
        Stopwatch.GetElapsedTime(start).ShouldBeInRange(TimeSpan.FromMilliseconds(290), TimeSpan.FromMilliseconds(2500));
        (await client.ReadResponseAsync()).Status.ShouldBe(503);
        engine.Counters.CutRequests.ShouldBe(1);
    }

    [Fact]
    public async Task Tunnels_Get1001WhenTheDrainIsOver_AndTheStopIsDoneASecondLater()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.UpgradeAndEcho("websocket"));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(WebSocketWire.Request);
        await client.ReadHeadAsync();
        long start = Stopwatch.GetTimestamp();
        Task stopping = engine.StopAsync(TimeSpan.FromMilliseconds(300));
        (await client.ReadExactlyAsync(4)).ShouldBe(WebSocketWire.GoingAway);
        Stopwatch.GetElapsedTime(start).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(290));
        await stopping.WaitAsync(TimeSpan.FromSeconds(3));
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromMilliseconds(3000));
    }

    [Fact]
    public async Task Cancelled_CutsAtOnce()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Stall());
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Conversations.Get("/hangs"));
        await app.RequestAsync();
        using var cut = new CancellationTokenSource();
        Task stopping = engine.StopAsync(TimeSpan.FromMinutes(10), cut.Token);
        await cut.CancelAsync();
        await stopping.WaitAsync(TimeSpan.FromSeconds(3));
        await client.ReadToEndAsync();
    }

    [Fact]
    public async Task Stop_ReactorBusyWhenTheLastMessagesCome_TheListenerIsClosedAllTheSame()
    {
        RunningEngine? running = null;
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Once(Scripts.Ok("bye")));
        // At the end of a turn, behind the mailbox: until the engine has been told to end.
        using var closing = new ManualResetEventSlim();
        var calls = new ScriptedSocketCalls();
        calls.OnClose = fd =>
        {
            if (!calls.IsUpstream(fd)) return;
            closing.Set();
            Poll.UntilAsync(() => running!.Engine.Shared.Reactors[0].Ending).Wait(Patience.Long);
        };
        await using RunningEngine engine = running = RunningEngine.Start(app.Port, calls: calls);
        (await engine.AskOnceAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).Text.ShouldBe("bye");
        await Task.Run(() => closing.Wait(Patience.Normal));
        await engine.StopAsync(TimeSpan.Zero);
        await Should.ThrowAsync<WireException>(engine.ConnectAsync());
    }

    [Fact]
    public async Task NeverStarted_DisposedOrStopped_LeavesNoDescriptor()
    {
        for (int i = 0; i < 2; i++)
        {
            int listener = ListeningSocket.Open(IPAddress.Loopback, 0, dualStack: false, 8).Value, port = ListeningSocket.PortOf(listener);
            int before = EpollCount();
            var engine = new TrafficEngine(new EngineOptions { ListenPort = port, Reactors = 40 }, [listener], 8001);
            if (i == 0) engine.Dispose();
            else await engine.StopAsync(TimeSpan.Zero, CancellationToken.None);
            // Other tests open and close theirs at the same time, but not forty.
            (EpollCount() - before).ShouldBeLessThan(30);
            await Should.ThrowAsync<WireException>(RawClient.ConnectAsync(port));
        }
    }

    private static int EpollCount() => Directory.GetFiles("/proc/self/fd").Count(path => new FileInfo(path).LinkTarget is "anon_inode:[eventpoll]");
}

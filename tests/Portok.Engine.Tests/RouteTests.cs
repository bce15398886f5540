using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests;

public sealed class RouteTests
{
    [Fact]
    public async Task Route_ReturnsAndThen_KeptAliveConnectionsGoToTheNewPortAtOnce()
    {
        await using ScriptedApp one = ScriptedApp.Start(Scripts.Always(Scripts.Ok("one")));
        await using ScriptedApp two = ScriptedApp.Start(Scripts.Always(Scripts.Ok("two")));
        await using RunningEngine engine = RunningEngine.Start(one.Port, o => o with { Reactors = 2 });
        RawClient[] clients = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => engine.ConnectAsync()));
        for (int round = 0; round < 20; round++)
        {
            (ScriptedApp app, string name) = round % 2 == 0 ? (two, "two") : (one, "one");
            await Task.WhenAll(clients.Select(c => c.AskAsync(Conversations.Get("/"))));
            engine.Engine.Route(app.Port);
            engine.Engine.ActivePort.ShouldBe(app.Port);
            WireMessage[] answers = await Task.WhenAll(clients.Select(c => c.AskAsync(Conversations.Get("/"))));
            answers.Select(a => a.Text).Distinct(StringComparer.Ordinal).ShouldBe([name]);
        }

        foreach (RawClient client in clients) await client.DisposeAsync();
        engine.Counters.TotalProxyErrors.ShouldBe(0);
    }

    [Fact]
    public async Task Route_UnderLoad_LosesNothingAndIdleConnectionsOfTheOldPortGo()
    {
        await using ScriptedApp one = ScriptedApp.Start(Scripts.Echo());
        await using ScriptedApp two = ScriptedApp.Start(Scripts.Echo());
        await using RunningEngine engine = RunningEngine.Start(one.Port, o => o with { Reactors = 2 });
        using var stop = new CancellationTokenSource();
        Task[] load = [.. Enumerable.Range(0, 8).Select(async number =>
        {
            await using RawClient client = await engine.ConnectAsync();
            for (int i = 0; !stop.IsCancellationRequested; i++)
                (await client.AskAsync(Conversations.Post("/", $"{number}.{i}"))).Text.ShouldBe($"{number}.{i}");
        })];
        for (int i = 0; i < 40; i++)
        {
            ScriptedApp old = i % 2 == 0 ? one : two;
            long before = engine.Counters.TotalRequests;
            engine.Engine.Route((i % 2 == 0 ? two : one).Port);
            await Poll.UntilAsync(() => old.OpenNow == 0 && engine.Counters.TotalRequests > before);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        engine.Counters.TotalProxyErrors.ShouldBe(0);
    }

    [Fact]
    public async Task Route_OldRequestUnderWay_FinishesThere_AndIsCountedUntilThen()
    {
        using var go = new SemaphoreSlim(0);
        await using ScriptedApp old = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
            await go.WaitAsync(Patience.Normal);
            await connection.SendAsync("3\r\ntwo\r\n0\r\n\r\n");
            await connection.StallAsync();
        });
        await using ScriptedApp newApp = ScriptedApp.Start(Scripts.Always(Scripts.Ok("new")));
        await using RunningEngine engine = RunningEngine.Start(old.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Conversations.Get("/"));
        await client.ReadHeadAsync();
        engine.Engine.Route(newApp.Port);
        engine.Engine.WorkOn(old.Port).ShouldBe((1, 0));
        engine.Counters.Targets.Select(t => (t.Port, t.Active)).ShouldBe([(newApp.Port, true), (old.Port, false)]);
        (await engine.AskOnceAsync(Conversations.Get("/"))).Text.ShouldBe("new");

        go.Release();
        (await client.ReadThroughAsync("0\r\n\r\n")).ShouldBe("3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n");
        await Poll.UntilAsync(() => engine.Engine.WorkOn(old.Port) == (0, 0));
        // Its connection is not kept for later: the old app may be stopped now.
        await Poll.UntilAsync(() => old.OpenNow == 0);
    }

    [Fact]
    public async Task Cut_RequestOnAnOldPort_IsEndedAndCounted()
    {
        await using ScriptedApp old = ScriptedApp.Start(Scripts.Stall());
        await using ScriptedApp newApp = ScriptedApp.Start(Scripts.Always(Scripts.Ok("new")));
        await using RunningEngine engine = RunningEngine.Start(old.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Conversations.Get("/hangs"));
        await old.RequestAsync();
        engine.Engine.Route(newApp.Port);
        engine.Engine.Cut(old.Port);
        (await client.ReadResponseAsync()).Status.ShouldBe(503);
        engine.Counters.CutRequests.ShouldBe(1);
        engine.Engine.WorkOn(old.Port).ShouldBe((0, 0));
        (await client.AskAsync(Conversations.Get("/"))).Text.ShouldBe("new");
    }
}

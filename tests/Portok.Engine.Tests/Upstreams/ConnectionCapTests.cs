using Portok.Engine.Tests.Support;
using Portok.Linux;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Upstreams;

/// <summary>UPSTREAM_MAX_SOCKETS over two reactors: requests past it wait, they do not fail.</summary>
public sealed class ConnectionCapTests
{
    [Fact]
    public async Task ManyClients_CapOfThree_AllAreServedAndTheAppNeverSeesMore()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Echo());
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Reactors = 2, UpstreamMaxSockets = 3 }, calls);
        await Task.WhenAll(Enumerable.Range(0, 24).Select(async number =>
        {
            await using RawClient client = await engine.ConnectAsync();
            for (int i = 0; i < 10; i++) (await client.AskAsync(Conversations.Post("/", $"{number}-{i}"))).Text.ShouldBe($"{number}-{i}");
        }));
        calls.MostUpstreams.ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task Waiters_OnBothReactors_AreServedInOrder_AllOnTheOneConnection()
    {
        using var go = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            while (await connection.HasMoreAsync())
            {
                await connection.ReadRequestAsync();
                (await go.WaitAsync(Patience.Long)).ShouldBeTrue();
                await connection.SendAsync(Scripts.Ok("served"));
            }
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Reactors = 2, UpstreamMaxSockets = 1 });
        var clients = new List<RawClient>();
        for (int i = 0; i < 12; i++)
        {
            RawClient client = await engine.ConnectAsync();
            clients.Add(client);
            await client.SendAsync(Conversations.Get($"/{i}"));
            long inflight = i + 1;
            await Poll.UntilAsync(() => engine.Counters.Inflight == inflight);
        }

        app.Connections.Count.ShouldBe(1);
        go.Release(12);
        foreach (RawClient client in clients) (await client.ReadResponseAsync()).Text.ShouldBe("served");
        (await engine.OnReactorsAsync(r => r.Counters.ClientOpen)).ShouldAllBe(open => open > 0, "both reactors have clients");
        foreach (RawClient client in clients) await client.DisposeAsync();
        app.Requests.Select(r => r.Target).ShouldBe(Enumerable.Range(0, 12).Select(i => $"/{i}"));
        // Handed from reactor to reactor as it is, not closed and opened anew.
        app.Connections.Count.ShouldBe(1);
        engine.Counters.UpstreamConnectionsOpened.ShouldBe(1);
    }

    [Fact]
    public async Task OneReactor_Waiters_AreServedInOrder()
    {
        using var go = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            while (await connection.HasMoreAsync())
            {
                await connection.ReadRequestAsync();
                await go.WaitAsync(Patience.Long);
                await connection.SendAsync(Scripts.Ok("served"));
            }
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamMaxSockets = 1 });
        var clients = new List<RawClient>();
        for (int i = 0; i < 8; i++)
        {
            clients.Add(await engine.ConnectAsync());
            await clients[i].SendAsync(i % 2 == 0 ? Conversations.Get($"/{i}") : Conversations.Post($"/{i}", "b"));
            long inflight = i + 1;
            await Poll.UntilAsync(() => engine.Counters.Inflight == inflight);
        }

        go.Release(8);
        foreach (RawClient client in clients) (await client.ReadResponseAsync()).Status.ShouldBe(200);
        foreach (RawClient client in clients) await client.DisposeAsync();
        app.Requests.Select(r => r.Target).ShouldBe(["/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7"]);
    }

    [Fact]
    public async Task Waiter_WhoseClientGoesAway_DoesNotKeepThePermit()
    {
        using var go = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            while (await connection.HasMoreAsync())
            {
                await connection.ReadRequestAsync();
                await go.WaitAsync(Patience.Long);
                await connection.SendAsync(Scripts.Ok("served"));
            }
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Reactors = 2, UpstreamMaxSockets = 1 });
        await using RawClient first = await engine.ConnectAsync();
        await first.SendAsync(Conversations.Get("/first"));
        await app.ConnectionAsync();
        for (int i = 0; i < 6; i++)
        {
            await using RawClient gone = await engine.ConnectAsync();
            await gone.SendAsync(Conversations.Get("/gone"));
            await Poll.UntilAsync(() => engine.Counters.Inflight == 2);
            gone.Reset();
            await Poll.UntilAsync(() => engine.Counters.Inflight == 1);
        }

        await using RawClient last = await engine.ConnectAsync();
        await last.SendAsync(Conversations.Get("/last"));
        go.Release(2);
        (await first.ReadResponseAsync()).Status.ShouldBe(200);
        (await last.ReadResponseAsync()).Status.ShouldBe(200);
        app.Requests.Select(r => r.Target).ShouldBe(["/first", "/last"], ignoreOrder: true);
    }

    [Fact]
    public async Task Route_WhileOthersWait_WaitersGoToTheNewPort()
    {
        await using ScriptedApp old = ScriptedApp.Start(Scripts.Stall());
        await using ScriptedApp newApp = ScriptedApp.Start(Scripts.Always(Scripts.Ok("new")));
        await using RunningEngine engine = RunningEngine.Start(old.Port, o => o with { Reactors = 2, UpstreamMaxSockets = 1 });
        await using RawClient hanging = await engine.ConnectAsync();
        await hanging.SendAsync(Conversations.Get("/hangs"));
        await old.RequestAsync();
        var waiting = new List<RawClient>();
        for (int i = 0; i < 8; i++)
        {
            waiting.Add(await engine.ConnectAsync());
            await waiting[i].SendAsync(Conversations.Post("/", "waits"));
        }

        await Poll.UntilAsync(() => engine.Counters.Inflight == 9);
        engine.Engine.Route(newApp.Port);
        foreach (RawClient client in waiting) (await client.ReadResponseAsync()).Text.ShouldBe("new");
        foreach (RawClient client in waiting) await client.DisposeAsync();
        old.Requests.Count.ShouldBe(1);
        engine.Engine.WorkOn(old.Port).ShouldBe((1, 0));
        hanging.Reset();
    }

    [Fact]
    public async Task Post_OnlyConnectionIsIdleButTooOldForIt_TakesItsPlaceInsteadOfWaiting()
    {
        // The app is seen closing an idle connection, so that idle ones are not trusted with a POST for a while.
        await using ScriptedApp app = ScriptedApp.Start(Scripts.ByConnection(Scripts.Once(Scripts.Ok("bye")), Scripts.Always(Scripts.Ok("well"))));
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamMaxSockets = 1 });
        await using RawClient client = await engine.ConnectAsync();
        (await client.AskAsync(Conversations.Get("/"))).Text.ShouldBe("bye");
        await Poll.UntilAsync(() => engine.Counters.UpstreamConnectionsOpen == 0);
        (await client.AskAsync(Conversations.Get("/"))).Text.ShouldBe("well");
        await Poll.UntilAsync(async () => (await engine.OnReactorsAsync(r => r.NowMs - (r.Shared.Switchboard.Active.Pools[0].Peek()?.IdleSince ?? r.NowMs)))[0] > 50);
        client.Wait = TimeSpan.FromSeconds(4);
        (await client.AskAsync(Conversations.Post("/", "order"))).Text.ShouldBe("well");
    }

    [Fact]
    public async Task Waiters_WhoseClientsAreGone_ByTheHundredThousand_AreSteppedOver()
    {
        using var go = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            while (await connection.HasMoreAsync())
            {
                await connection.ReadRequestAsync();
                await go.WaitAsync(Patience.Long);
                await connection.SendAsync(Scripts.Ok("served"));
            }
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamMaxSockets = 1 });
        await using RawClient first = await engine.ConnectAsync();
        await first.SendAsync(Conversations.Get("/first"));
        await app.RequestAsync();
        await engine.OnReactorsAsync(reactor =>
        {
            // As those leave them behind who went away while they waited.
            for (int i = 0; i < 100_000; i++) _ = engine.Engine.Shared.Switchboard.Active.Permits.TakeOrWait(new(reactor, ClientId: uint.MaxValue));
            return true;
        });
        await using RawClient last = await engine.ConnectAsync();
        await last.SendAsync(Conversations.Get("/last"));
        await Poll.UntilAsync(() => engine.Counters.Inflight == 2);
        go.Release(2);
        (await first.ReadResponseAsync()).Text.ShouldBe("served");
        (await last.ReadResponseAsync()).Text.ShouldBe("served");
    }

    [Fact]
    public async Task WaitingPost_HandedAConnectionThatIsDead_KeepsItsPlace()
    {
        using var go = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(Scripts.ByConnection(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await go.WaitAsync(Patience.Long);
                await connection.SendAsync(Scripts.Ok("first"));
                await connection.StallAsync();
            },
            Scripts.Always(Scripts.Ok("served"))));
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamMaxSockets = 1 }, calls);
        string[] targets = ["/first", "/post", "/next", "/last"];
        var clients = new List<RawClient>();
        foreach (string target in targets)
        {
            RawClient client = await engine.ConnectAsync();
            clients.Add(client);
            await client.SendAsync(Conversations.Post(target, "x"));
            await Poll.UntilAsync(() => engine.Counters.Inflight == clients.Count);
        }

        // The look before the POST goes on the handed-over connection finds its FIN.
        int looks = 0;
        calls.OnPeek = _ => looks++ == 0 ? SysResult.Success(0) : null;
        go.Release();
        foreach (RawClient client in clients) (await client.ReadResponseAsync()).Status.ShouldBe(200);
        foreach (RawClient client in clients) await client.DisposeAsync();
        looks.ShouldBeGreaterThan(0);
        app.Requests.Select(r => r.Target).ShouldBe(targets);
    }

    [Fact]
    public async Task RetriedGet_ThatHasToWait_GetsAFreshConnection()
    {
        // Each connection answers once and drops the second request; whoever is dropped must not be handed another such one.
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(Scripts.Ok("served"));
            if (await connection.HasMoreAsync()) await connection.ReadRequestAsync();
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamMaxSockets = 2 });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using RawClient client = await engine.ConnectAsync();
            for (int i = 0; i < 50; i++) (await client.AskAsync(Conversations.Get("/"))).Status.ShouldBe(200);
        }));
        engine.Counters.TotalProxyErrors.ShouldBe(0);
    }
}

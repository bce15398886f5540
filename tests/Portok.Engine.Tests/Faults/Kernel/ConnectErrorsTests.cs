using Portok.Engine.Reactors;
using Portok.Engine.Tests.Support;
using Portok.Linux;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults.Kernel;

/// <summary>No connection to the app is to be had: the ports of 127.0.0.1 are used up, no descriptor, no memory, a firewall.</summary>
public sealed class ConnectErrorsTests
{
    private const string UpgradeRequest = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\n";
    private const string HalfPost = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234";
    private const string HalfChunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n";

    public static TheoryData<Errno, int> Errors => new()
    {
        { Errno.AddressNotAvailable, 503 }, { Errno.TooManyFiles, 503 }, { Errno.TooManyFilesInSystem, 503 }, { Errno.NoBuffers, 503 },
        { Errno.NoMemory, 503 }, { Errno.Again, 502 }, { Errno.Perm, 502 }, { Errno.Access, 502 }, { Errno.NetworkUnreachable, 502 },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Connect_Fails_EachKindOfRequestIsTold_NothingIsHeld_AndTheNextIsServed(Errno error, int status)
    {
        await using ScriptedApp app = ScriptedApp.Start(TunnelNeighbour.Beside((connection, _) => Scripts.Echo()(connection)), new ScriptedAppOptions { HealthPath = null });
        int connects = 0;
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamMaxSockets = 1 }, calls);
        await using TunnelNeighbour neighbour = await TunnelNeighbour.OpenAsync(engine);
        foreach (string request in new[] { Conversations.Get("/"), Conversations.Post("/", "whole"), UpgradeRequest, HalfPost, HalfChunked })
        {
            calls.OnConnect = () => Interlocked.Increment(ref connects) > 0 ? SysResult.Failure(error) : null;
            await using RawClient client = await engine.ConnectAsync();
            WireMessage answer = await client.AskAsync(request);
            answer.Status.ShouldBe(status, request);
            answer.Has("Proxy-Status").ShouldBeTrue();
            calls.OnConnect = null;
            // Whoever owes nothing more of its request goes on with its connection; the cap of one has not been used up.
            bool whole = request is not (HalfPost or HalfChunked);
            answer.HasToken("Connection", "close").ShouldBe(!whole, request);
            if (whole) (await client.AskAsync(Conversations.Post("/", "later"))).Text.ShouldBe("later");
            else (await engine.AskOnceAsync(Conversations.Post("/", "later"))).Text.ShouldBe("later");
            // The next one has to connect again.
            await engine.OnReactorsAsync(DropIdle);
            await neighbour.NoticesNothingAsync();
        }

        connects.ShouldBe(5, "each is told at once, without a second try");
    }

    [Fact]
    public async Task Connect_FailsForTheSecondTry_IsToldToThatRequestOnly()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.ByConnection(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.SendAsync(Scripts.Ok("first"));
                await connection.ReadRequestAsync();
            },
            Scripts.Always(Scripts.Ok("well"))));
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamMaxSockets = 1 }, calls);
        await using RawClient client = await engine.ConnectAsync();
        (await client.AskAsync(Conversations.Get("/1"))).Text.ShouldBe("first");
        calls.OnConnect = () => SysResult.Failure(Errno.AddressNotAvailable);
        (await client.AskAsync(Conversations.Get("/2"))).Status.ShouldBe(503);
        calls.OnConnect = null;
        (await client.AskAsync(Conversations.Get("/3"))).Text.ShouldBe("well");
    }

    [Fact]
    public async Task Connect_FailsForARequestThatHasWaited_ThePermitGoesToTheNextInTheQueue()
    {
        using var go = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await go.WaitAsync(Patience.Normal);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nwell");
        });
        int connects = 0;
        var calls = new ScriptedSocketCalls { OnConnect = () => Interlocked.Increment(ref connects) == 2 ? SysResult.Failure(Errno.AddressNotAvailable) : null };
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamMaxSockets = 1 }, calls);
        var clients = new List<RawClient>();
        for (int i = 0; i < 3; i++)
        {
            clients.Add(await engine.ConnectAsync());
            await clients[i].SendAsync(Conversations.Get($"/{i}"));
            if (i == 0) await app.RequestAsync();
            else await Poll.UntilAsync(() => engine.Engine.Shared.Switchboard.Active.Permits.Waiting == i);
        }

        go.Release(2);
        int[] statuses = await Task.WhenAll(clients.Select(async client => (await client.ReadResponseAsync()).Status));
        statuses.ShouldBe([200, 503, 200]);
        foreach (RawClient client in clients) await client.DisposeAsync();
    }

    private static bool DropIdle(Reactor reactor)
    {
        while (reactor.Shared.Switchboard.Active.Pools[reactor.Index].Pop() is { } idle) idle.Discard(reset: false);
        return true;
    }
}

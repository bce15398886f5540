using Portok.Engine.Tests.Support;
using Portok.Linux;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Relay;

/// <summary>Requests that meet a connection which the app has just given up (RFC 9112 9.3.1).</summary>
public sealed class RetryTests
{
    private static readonly Func<AppConnection, Task> AnswerOnceThenDropTheNext = async connection =>
    {
        await connection.ReadRequestAsync();
        await connection.SendAsync(Scripts.Ok("first"));
        await connection.ReadRequestAsync();
    };

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Idempotent_StaleConnection_IsRetriedOnceOnAFreshOne(string method)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.ByConnection(AnswerOnceThenDropTheNext, Scripts.Always(Scripts.Ok("second"))));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        (await client.AskAsync(Conversations.Get("/1"))).Text.ShouldBe("first");
        (await client.AskAsync($"{method} /2 HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("second");
        app.Requests.Count(r => string.Equals(r.Target, "/2", StringComparison.Ordinal)).ShouldBe(2);
        engine.Counters.TotalProxyErrors.ShouldBe(0);
    }

    [Fact]
    public async Task Idempotent_HeadAsLargeAsAllowed_IsRetriedToo()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.ByConnection(AnswerOnceThenDropTheNext, Scripts.Always(Scripts.Ok("second"))));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        (await client.AskAsync(Conversations.Get("/1"))).Text.ShouldBe("first");
        string cookie = new('c', 30_000);
        (await client.AskAsync($"GET /2 HTTP/1.1\r\nHost: a\r\nCookie: {cookie}\r\n\r\n")).Text.ShouldBe("second");
    }

    [Fact]
    public async Task Idempotent_FreshConnectionFailsToo_Is502AfterTwoTries()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.ByConnection(AnswerOnceThenDropTheNext, async c => await c.ReadRequestAsync()));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.AskAsync(Conversations.Get("/1"));
        (await client.AskAsync(Conversations.Get("/2"))).Status.ShouldBe(502);
        app.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Idempotent_OneByteOfResponseCame_IsNotRetried()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.ByConnection(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.SendAsync(Scripts.Ok("first"));
                await connection.ReadRequestAsync();
                await connection.SendAsync("H");
            },
            Scripts.Always(Scripts.Ok("second"))));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.AskAsync(Conversations.Get("/1"));
        (await client.AskAsync(Conversations.Get("/2"))).Status.ShouldBe(502);
        app.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Idempotent_OnAFreshConnection_IsNotRetried()
    {
        await using ScriptedApp app = ScriptedApp.Start(async c => await c.ReadRequestAsync());
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        (await engine.AskOnceAsync(Conversations.Get("/"))).Status.ShouldBe(502);
        app.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Post_AppTookItAndClosed_Is502AndNeverSentAgain()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.ByConnection(AnswerOnceThenDropTheNext, Scripts.Always(Scripts.Ok("second"))));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.AskAsync(Conversations.Get("/1"));
        (await client.AskAsync(Conversations.Post("/2", "order"))).Status.ShouldBe(502);
        app.Requests.Count(r => string.Equals(r.Method, "POST", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Post_SocketTookNotOneByte_GoesOnAnotherConnection()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        await using RawClient client = await engine.ConnectAsync();
        await client.AskAsync(Conversations.Get("/1"));
        int failures = 0;
        calls.OnSend = (fd, _) => calls.IsUpstream(fd) && failures++ == 0 ? SysResult.Failure(Errno.BrokenPipe) : null;
        (await client.AskAsync(Conversations.Post("/2", "order"))).Text.ShouldBe("well");
        app.Requests.Count(r => string.Equals(r.Method, "POST", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Post_PartOfItTakenByAFreshConnection_IsNotSentToTheNewPortEither()
    {
        await using ScriptedApp newApp = ScriptedApp.Start(Scripts.Always(Scripts.Ok("new")));
        await using ScriptedApp old = ScriptedApp.Start(async connection =>
        {
            await connection.ReadExactlyAsync(20);
            connection.Reset();
        }, new ScriptedAppOptions { HealthPath = null });
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(old.Port, calls: calls);
        int sends = 0;
        using var moved = new ManualResetEventSlim();
        calls.SendLimit = fd => calls.IsUpstream(fd) && sends++ == 0 ? 20 : null;
        // The rest is held back until the app has reset and the traffic has moved on.
        calls.OnSend = (fd, _) => calls.IsUpstream(fd) && sends > 0 && !moved.IsSet ? SysResult.Failure(Errno.NoBuffers) : null;
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Conversations.Post("/order", "one only"));
        await Poll.UntilAsync(() => Volatile.Read(ref sends) > 0);
        await Task.Run(() => engine.Engine.Route(newApp.Port));
        moved.Set();
        (await client.ReadResponseAsync()).Status.ShouldBe(502);
        newApp.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_ConnectionRefusedWhileTrafficMovesOn_GoesToTheNewPort()
    {
        await using ScriptedApp newApp = ScriptedApp.Start(Scripts.Always(Scripts.Ok("new")));
        RunningEngine? running = null;
        var calls = new ScriptedSocketCalls();
        int connects = 0;
        calls.OnConnect = () =>
        {
            if (connects++ > 0) return null;
            // From another thread, as always: this one is the reactor's and must not wait for itself.
            running!.Engine.Shared.Switchboard.Route(newApp.Port);
            return null;
        };
        using var down = new PortOfNobody();
        await using RunningEngine engine = running = RunningEngine.Start(down.Port, calls: calls);
        (await engine.AskOnceAsync(Conversations.Get("/"))).Text.ShouldBe("new");
    }

    [Fact]
    public async Task Post_ConnectionFailsWhileTrafficMovesOn_TheRestOfItsBodyFollowsToTheNewPort()
    {
        await using ScriptedApp newApp = ScriptedApp.Start(Scripts.Echo());
        await using ScriptedApp old = ScriptedApp.Start(Scripts.Always(Scripts.Ok("old")));
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(old.Port, calls: calls);
        int sends = 0;
        // Connecting takes its time and then fails: nothing was taken, and by then new requests go elsewhere.
        calls.OnSend = (fd, _) =>
        {
            if (!calls.IsUpstream(fd)) return null;
            switch (++sends)
            {
                case 1: return SysResult.Failure(Errno.Again);
                case 2:
                    engine.Engine.Shared.Switchboard.Route(newApp.Port);
                    return SysResult.Failure(Errno.ConnectionRefused);
                default: return null;
            }
        };
        calls.OnReceive = fd => calls.IsUpstream(fd) && sends == 2 ? SysResult.Failure(Errno.ConnectionRefused) : null;
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234");
        await newApp.ConnectionAsync();
        await client.SendAsync("56789");
        (await client.ReadResponseAsync()).Text.ShouldBe("0123456789");
        old.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_ReusedConnectionTakesNothingAndFailsLater_GoesOnAFreshOne()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Echo());
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        await using RawClient client = await engine.ConnectAsync();
        await client.AskAsync(Conversations.Get("/1"));
        int sends = 0;
        calls.OnSend = (fd, _) => !calls.IsUpstream(fd) ? null : ++sends switch
        {
            1 => SysResult.Failure(Errno.Again),
            2 => SysResult.Failure(Errno.ConnectionReset),
            _ => null,
        };
        calls.OnReceive = fd => calls.IsUpstream(fd) && sends == 2 ? SysResult.Failure(Errno.ConnectionReset) : null;
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234");
        await Poll.UntilAsync(() => Volatile.Read(ref sends) >= 3);
        await client.SendAsync("56789");
        (await client.ReadResponseAsync()).Text.ShouldBe("0123456789");
        app.Requests.Count(r => string.Equals(r.Method, "POST", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task IdleConnection_AppClosesIt_LeavesThePoolAtOnce()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Once(Scripts.Ok("bye")));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        for (int i = 0; i < 5; i++)
        {
            (await client.AskAsync(Conversations.Post("/", "x"))).Status.ShouldBe(200);
            await Poll.UntilAsync(() => engine.Counters.UpstreamConnectionsOpen == 0);
        }
    }
}

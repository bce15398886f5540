namespace Portok.EndToEnd.Tests.Relay;

/// <summary>Connections to the app are kept and reused, and a stale one costs no request (RFC 9110 9.2.2).</summary>
public sealed class UpstreamReuseTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private const string Post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";

    [Fact]
    public async Task Upstream_OneRequestAfterTheOther_GoOnOneConnection()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        for (int turn = 0; turn < 20; turn++)
            await client.AskAsync(turn % 2 == 0 ? Get : Post);
        app.Connections.Count.ShouldBe(1);
        app.Requests.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Upstream_AppClosesWithTheSecondRequestUnread_GetIsTriedAgain()
    {
        // The app answers once, and resets on the second request without reading it: as one does whose idle time just ended.
        await using ScriptedApp app = await portok.BehindAsync(Scripts.ByConnection(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.SendAsync(Scripts.Ok("one"));
                await connection.PeekAsync(1);
                connection.Reset();
            },
            Scripts.Always(Scripts.Ok("two"))));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync(Get)).Text.ShouldBe("one");
        (await client.AskAsync(Get)).Text.ShouldBe("two");
    }

    [Fact]
    public async Task Upstream_AppDiesWithAPostInHand_PostIsNotCarriedOutTwice()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.ByConnection(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.SendAsync(Scripts.Ok("one"));
                await connection.ReadRequestAsync();
                connection.Reset();
            },
            Scripts.Always(Scripts.Ok("two"))));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync(Get)).Text.ShouldBe("one");
        (await client.AskAsync(Post)).Status.ShouldBe(502);
        app.Requests.Count(request => request.Method is "POST").ShouldBe(1);
        (await client.AskAsync(Post)).Text.ShouldBe("two");
    }

    [Fact]
    public async Task Upstream_GetOnAFreshConnectionFails_IsNotTriedAgain()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Reset());
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync(Get)).Status.ShouldBe(502);
        app.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Upstream_AppClosesWhileIdle_NextPostGoesToAFreshConnection()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Once(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        for (int turn = 0; turn < 10; turn++)
        {
            (await client.AskAsync(Post)).Status.ShouldBe(200);
            await (await app.ConnectionAsync(turn)).Done;
        }

        app.Connections.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Upstream_OnASwitch_IdleConnectionsToTheOldPortCloseAtOnce()
    {
        await using ScriptedApp old = await portok.BehindAsync(Scripts.Always(Scripts.Ok("old")));
        RawClient[] clients = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => portok.ConnectAsync()));
        await Task.WhenAll(clients.Select(client => client.AskAsync(Get)));
        old.OpenNow.ShouldBeGreaterThan(0);
        await using ScriptedApp next = await portok.BehindAsync(Scripts.Always(Scripts.Ok("new")));
        await Poll.UntilAsync(() => old.OpenNow == 0, TimeSpan.FromSeconds(2));
        foreach (RawClient client in clients)
        {
            (await client.AskAsync(Get)).Text.ShouldBe("new");
            await client.DisposeAsync();
        }
    }
}

/// <summary>UPSTREAM_KEEPALIVE=0.</summary>
public sealed class UpstreamWithoutReuseTests(UpstreamWithoutReuseTests.Fixture portok) : IClassFixture<UpstreamWithoutReuseTests.Fixture>
{
    public sealed class Fixture : PortokFixture
    {
        protected override IEnumerable<(string Name, string Value)> Settings => [("UPSTREAM_KEEPALIVE", "0"), ("DEBUG_UPSTREAM", "1")];
    }

    [Fact]
    public async Task Upstream_KeepAliveOff_EachRequestHasAConnectionOfItsOwn()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        for (int turn = 0; turn < 5; turn++)
        {
            WireMessage answer = await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            answer.Text.ShouldBe("x");
            answer.Has("Connection").ShouldBeFalse("the client's connection is kept");
        }

        app.Connections.Count.ShouldBe(5);
        app.Requests.ShouldAllBe(request => request.HasToken("Connection", "close"));
        (await portok.Daemon.Admin.MetricsAsync())["upstreamSocketsCreated"].GetInt64().ShouldBe(5);
    }
}

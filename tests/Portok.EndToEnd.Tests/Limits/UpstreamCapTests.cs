namespace Portok.EndToEnd.Tests.Limits;

/// <summary>UPSTREAM_MAX_SOCKETS: past the cap requests wait in order, they do not fail.</summary>
public sealed class UpstreamCapTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Cap_With50RequestsAtOnce_AllAreServedOverNoMoreConnections(int cap)
    {
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            while (await connection.HasMoreAsync())
            {
                await connection.ReadRequestAsync();
                await Task.Delay(10);
                await connection.SendAsync(Scripts.Ok("served"));
            }
        });
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port, ("UPSTREAM_MAX_SOCKETS", $"{cap}"));
        await using TempInstance owned = instance;
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ => (await RawClient.AskOnceAsync(daemon.Port, Get)).Text));
        answers.ShouldAllBe(text => text == "served");
        app.MostOpen.ShouldBeInRange(1, cap);
    }

    [Fact]
    public async Task Cap_AppClosesAfterEachAnswer_WaitingRequestsAreServedAllTheSame()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Once("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nserved"));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port, ("UPSTREAM_MAX_SOCKETS", "2"));
        await using TempInstance owned = instance;
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ => (await RawClient.AskOnceAsync(daemon.Port, Get)).Text));
        answers.ShouldAllBe(text => text == "served");
    }

    [Fact]
    public async Task Cap_WaitingClientGoesAway_ItsPlaceIsGivenUpAndNotCarriedOut()
    {
        var release = new TaskCompletionSource();
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            while (await connection.HasMoreAsync())
            {
                await connection.ReadRequestAsync();
                await release.Task;
                await connection.SendAsync(Scripts.Ok("served"));
            }
        });
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port, ("UPSTREAM_MAX_SOCKETS", "1"));
        await using TempInstance owned = instance;
        await using RawClient first = await daemon.ConnectAsync();
        await first.SendAsync(Get);
        await app.RequestAsync();
        RawClient gone = await daemon.ConnectAsync();
        await gone.SendAsync("GET /gone HTTP/1.1\r\nHost: a\r\n\r\n");
        await using RawClient last = await daemon.ConnectAsync();
        await last.SendAsync("GET /last HTTP/1.1\r\nHost: a\r\n\r\n");
        await Poll.ForAsync(daemon.Admin.MetricsAsync, metrics => metrics["inflight"].GetInt64() >= 3, what: "three requests in flight");
        gone.Reset();
        await Poll.ForAsync(daemon.Admin.MetricsAsync, metrics => metrics["inflight"].GetInt64() == 2, what: "the one that went away to be forgotten");
        release.SetResult();
        (await first.ReadResponseAsync()).Text.ShouldBe("served");
        (await last.ReadResponseAsync()).Text.ShouldBe("served");
        app.Requests.Select(request => request.Target).ShouldBe(["/", "/last"]);
    }

    [Fact]
    public async Task Cap_OfTheOldPort_DoesNotHoldUpTheNewOne()
    {
        await using ScriptedApp old = ScriptedApp.Start(Scripts.Stall());
        await using ScriptedApp next = ScriptedApp.Start(Scripts.Always(Scripts.Ok("new")));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(old.Port, ("UPSTREAM_MAX_SOCKETS", "1"));
        await using TempInstance owned = instance;
        await using RawClient hanging = await daemon.ConnectAsync();
        await hanging.SendAsync(Get);
        await old.RequestAsync();
        await daemon.SwitchAsync(next.Port);
        (await RawClient.AskOnceAsync(daemon.Port, Get)).Text.ShouldBe("new");
    }
}

using System.Diagnostics;

namespace Portok.EndToEnd.Tests.Relay;

/// <summary>What a faulty app leads to: 502 with its reason, for that request only; never a complete-looking answer where the app's was not.</summary>
public sealed class RefusedResponsesTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    [Theory]
    [InlineData("hello\r\n\r\n")]
    [InlineData("HTTP/1.1\r\n\r\n")]
    [InlineData("HTTP/1.1 20 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 600 High\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 0\n\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX : y\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: y\r\n folded\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")]
    public async Task Response_BreakingARule_Is502AndThatConnectionIsGivenUp(string response)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.ByConnection(Scripts.Stall(response), Scripts.Always(Scripts.Ok("fine"))));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync(Get);
        answer.Status.ShouldBe(502, answer.ToString());
        answer["Proxy-Status"].ShouldNotBeNull().ShouldStartWith("portok; error=");
        await (await app.ConnectionAsync()).Done.WaitAsync(Patience.Normal);
        (await client.AskAsync(Get)).Text.ShouldBe("fine");
    }

    [Fact]
    public async Task Response_HeadOver64KiB_Is502()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Stall($"HTTP/1.1 200 OK\r\nX: {new string('x', 70_000)}\r\nContent-Length: 0\r\n\r\n"));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync(Get)).Status.ShouldBe(502);
    }

    [Fact]
    public async Task App_NotListening_Is502InMilliseconds()
    {
        ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await app.DisposeAsync();
        await using RawClient client = await portok.ConnectAsync();
        await client.AskAsync(Get);
        long start = Stopwatch.GetTimestamp();
        WireMessage answer = await client.AskAsync(Get);
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        answer.Status.ShouldBe(502);
        answer["Proxy-Status"].ShouldBe("portok; error=connection_refused");
        took.ShouldBeLessThan(TimeSpan.FromMilliseconds(500));
        AdminAnswer metrics = await portok.Daemon.Admin.MetricsAsync();
        metrics["lastProxyError.kind"].GetString().ShouldBe("connection_refused");
        metrics["lastProxyError.port"].GetInt32().ShouldBe(app.Port);
        metrics["lastProxyError.at"].GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-1));
        metrics["lastProxyError.message"].GetString().ShouldNotBeNullOrEmpty();
        metrics["totalProxyErrors"].GetInt64().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    public async Task App_ClosesOrResetsBeforeAnAnswer_Is502(string before)
    {
        foreach (Func<AppConnection, Task> script in new[] { Scripts.Once(before), Scripts.Reset(before) })
        {
            await using ScriptedApp app = await portok.BehindAsync(script);
            await using RawClient client = await portok.ConnectAsync();
            WireMessage answer = await client.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
            answer.Status.ShouldBe(502);
            app.Requests.Count.ShouldBe(1, "a POST is never carried out twice");
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\nzz\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n12345", true)]
    public async Task Response_CutShort_NeverLooksComplete(string response, bool byReset)
    {
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(response);
            // The reset must not overtake the bytes.
            await Task.Delay(100);
            if (byReset)
                connection.Reset();
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(Get);
        string all = Latin1.Text(await client.ReadToEndAsync());
        all.ShouldStartWith("HTTP/1.1 200 OK\r\n");
        all.ShouldContain("12345");
        all.ShouldNotEndWith("0\r\n\r\n");
        client.End.ShouldNotBe(WireEnd.Open);
    }

    [Fact]
    public async Task Response_UpToTheCloseCutByReset_Http10ClientSeesAReset()
    {
        // The only way to tell a 1.0 client that a close-delimited body is not whole.
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n\r\n12345");
            await Task.Delay(100);
            connection.Reset();
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
        await client.ReadToEndAsync();
        client.End.ShouldBe(WireEnd.Reset);
    }

    [Fact]
    public async Task Response_FollowedByMoreBytes_ConnectionIsNotUsedAgain()
    {
        await using ScriptedApp app = await portok.BehindAsync(
            Scripts.ByConnection(Scripts.Stall(Scripts.Ok("one") + Scripts.Ok("poison")), Scripts.Always(Scripts.Ok("two"))));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync(Get)).Text.ShouldBe("one");
        (await client.AskAsync(Get)).Text.ShouldBe("two");
    }

    [Fact]
    public async Task App_SendsBytesWhileIdle_ConnectionIsNotUsedAgain()
    {
        var served = new TaskCompletionSource();
        await using ScriptedApp app = await portok.BehindAsync(Scripts.ByConnection(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.SendAsync(Scripts.Ok("one"));
                await served.Task;
                await connection.SendAsync(Scripts.Ok("poison"));
                await connection.StallAsync();
            },
            Scripts.Always(Scripts.Ok("two"))));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync(Get)).Text.ShouldBe("one");
        served.SetResult();
        await (await app.ConnectionAsync()).Done.WaitAsync(Patience.Normal);
        (await client.AskAsync(Get)).Text.ShouldBe("two");
    }
}

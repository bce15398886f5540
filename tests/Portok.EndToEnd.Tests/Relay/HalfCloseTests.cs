namespace Portok.EndToEnd.Tests.Relay;

/// <summary>A client that ends its own direction still gets its whole answer; one that goes away ends the app's work at once.</summary>
public sealed class HalfCloseTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    [Fact]
    public async Task HalfClose_RightAfterTheRequest_WholeAnswerComes()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("whole")));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        client.HalfClose();
        (await client.ReadResponseAsync()).Text.ShouldBe("whole");
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        client.End.ShouldBe(WireEnd.Closed);
    }

    [Fact]
    public async Task HalfClose_AnswerIsLateAndLarge_WholeAnswerComes()
    {
        byte[] body = Pattern.Bytes(2_000_000);
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestAsync();
            await Task.Delay(300);
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n");
            await connection.SendAsync(body);
            await connection.StallAsync();
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
        client.HalfClose();
        WireMessage answer = await client.ReadResponseAsync();
        Pattern.FirstFault(answer.Body).ShouldBe(-1);
        answer.Body.Length.ShouldBe(body.Length);
    }

    [Fact]
    public async Task HalfClose_AfterPipelinedRequests_AllAreAnswered()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
        client.HalfClose();
        foreach (string target in new[] { "/1", "/2", "/3" })
            (await client.ReadResponseAsync()).Text.ShouldBe(target);
        (await client.ReadToEndAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n")]
    public async Task HalfClose_BehindAnEmptyLine_IsNoRequestAndGetsNoAnswer(string before)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        foreach (string rest in new[] { "\r\n", "\r" })
        {
            await using RawClient client = await portok.ConnectAsync();
            await client.SendAsync(before + rest);
            client.HalfClose();
            if (before.Length > 0) (await client.ReadResponseAsync()).Text.ShouldBe("/1");
            (await client.ReadToEndAsync()).ShouldBeEmpty();
            client.End.ShouldBe(WireEnd.Closed);
        }
    }

    [Fact]
    public async Task HalfClose_InTheMiddleOfABody_AppNeverGetsAWholeRequest()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
        await app.ConnectionAsync();
        client.HalfClose();
        byte[] rest = await client.ReadToEndAsync();
        if (rest.Length > 0)
            Latin1.Text(rest).ShouldStartWith("HTTP/1.1 400 ");
        await (await app.ConnectionAsync()).Done.WaitAsync(Patience.Normal);
        app.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ClientGone_WhileAppWorks_AppsConnectionEndsAtOnce(bool byReset)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Stall("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.ReadThroughAsync("x\r\n");
        AppConnection connection = await app.ConnectionAsync();
        if (byReset)
        {
            client.Reset();
            await connection.Done.WaitAsync(TimeSpan.FromSeconds(3));
        }
        else
        {
            // A full close looks like a half-close until something is sent to it and answered by a reset.
            client.Close();
            await Poll.UntilAsync(async () =>
            {
                if (!connection.Done.IsCompleted)
                    await connection.SendAsync("1\r\ny\r\n");
                return connection.Done.IsCompleted;
            }, TimeSpan.FromSeconds(5), "the app's connection to end");
        }
    }

    [Fact]
    public async Task ClientReset_WhileItsUploadRuns_AppsConnectionEndsUnfinished()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        AppConnection connection = await app.ConnectionAsync();
        await Poll.UntilAsync(() => Latin1.Text(connection.Received).Contains("hello", StringComparison.Ordinal));
        client.Reset();
        await connection.Done.WaitAsync(TimeSpan.FromSeconds(3));
        app.Requests.ShouldBeEmpty();
        Latin1.Text(connection.Received).ShouldNotEndWith("0\r\n\r\n");
    }
}

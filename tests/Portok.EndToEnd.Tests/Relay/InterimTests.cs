namespace Portok.EndToEnd.Tests.Relay;

/// <summary>1xx answers go on as they come, in order (RFC 9110 15.2, RFC 8297); and Expect: 100-continue belongs to the app.</summary>
public sealed class InterimTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    private const string Hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nLink: </b.js>\r\n\r\n";
    private const string Processing = "HTTP/1.1 102 Processing\r\n\r\n";
    private const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";

    [Fact]
    public async Task Interim_AllKinds_ComeInOrderWithTheirFields()
    {
        string final = Scripts.Ok("done");
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Processing + Hints + Continue + Hints + final));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        string wanted = Processing + Hints + Continue + Hints + final;
        Latin1.Text(await client.ReadExactlyAsync(wanted.Length)).ShouldBe(wanted);
    }

    [Fact]
    public async Task Interim_ComesBeforeTheFinalAnswerIsThere()
    {
        var release = new TaskCompletionSource();
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(Hints);
            await release.Task;
            await connection.SendAsync(Scripts.Ok("late"));
            await connection.StallAsync();
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        (await client.ReadHeadAsync()).ShouldBe(Hints);
        release.SetResult();
        (await client.ReadResponseAsync()).Text.ShouldBe("late");
    }

    [Fact]
    public async Task Expect_AppContinues_BodyFollows()
    {
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            WireMessage head = await connection.ReadRequestHeadAsync();
            await connection.SendAsync(Continue);
            byte[] body = await connection.ReadExactlyAsync((int)head.ContentLength!.Value);
            await connection.SendAsync(Scripts.Ok(Latin1.Text(body)));
            await connection.StallAsync();
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        (await app.RequestAsync())["Expect"].ShouldBe("100-continue");
        (await client.ReadHeadAsync()).ShouldBe(Continue);
        await client.SendAsync("hello");
        (await client.ReadResponseAsync()).Text.ShouldBe("hello");
    }

    [Fact]
    public async Task Expect_AppSaysNothingYet_PortokSaysNothingEither()
    {
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestHeadAsync();
            await connection.StallAsync();
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        await app.RequestAsync();
        (await client.IsSilentAsync(TimeSpan.FromMilliseconds(200))).ShouldBeTrue();
    }

    [Fact]
    public async Task Expect_AppRefusesFinally_BodyIsNotAskedFor()
    {
        const string refusal = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno";
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestHeadAsync();
            await connection.SendAsync(refusal);
            await connection.StallAsync();
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        WireMessage answer = await client.ReadResponseAsync();
        answer.Status.ShouldBe(401);
        answer.Text.ShouldBe("no");
    }

    [Fact]
    public async Task Expect_ClientDoesNotWait_BodyReachesAppAllTheSame()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello")).Text.ShouldBe("hello");
    }

    [Fact]
    public async Task Expect_SomethingElse_Is417()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: miracles\r\n\r\nhello")).Status.ShouldBe(417);
        app.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task EarlyAnswer_WhileTheUploadRuns_IsDelivered()
    {
        const string refusal = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 8\r\nConnection: close\r\n\r\ntoo much";
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestHeadAsync();
            await connection.ReadExactlyAsync(1000);
            await connection.SendAsync(refusal);
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
        await client.SendAsync(new byte[200_000]);
        WireMessage answer = await client.ReadResponseAsync();
        answer.Status.ShouldBe(413);
        answer.Text.ShouldBe("too much");
    }

    [Fact]
    public async Task Interim_WithFieldsOfTheConnectionOrOfFraming_GoesOnWithoutThem()
    {
        // RFC 9110 7.6.1 and 8.6 hold for 1xx too.
        const string hints = "HTTP/1.1 103 Early Hints\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nContent-Length: 0\r\nLink: </a.css>\r\n\r\n";
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(hints + Scripts.Ok("done")));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        (await client.ReadHeadAsync()).ShouldBe("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
        (await client.ReadResponseAsync()).Text.ShouldBe("done");
    }
}

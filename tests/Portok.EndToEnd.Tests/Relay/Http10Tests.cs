namespace Portok.EndToEnd.Tests.Relay;

/// <summary>HTTP/1.0 clients are served in their own way.</summary>
public sealed class Http10Tests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    [Fact]
    public async Task Http10_WithoutHost_AppIsGivenOne()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        await client.AskAsync("GET /old HTTP/1.0\r\n\r\n");
        WireMessage seen = await app.RequestAsync();
        seen.StartLine.ShouldBe("GET /old HTTP/1.1");
        seen["Host"].ShouldBe($"127.0.0.1:{app.Port}");
    }

    [Fact]
    public async Task Http10_ByDefault_ConnectionEndsAfterTheAnswer()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync("GET / HTTP/1.0\r\nHost: a\r\n\r\n")).Text.ShouldBe("x");
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        client.End.ShouldBe(WireEnd.Closed);
    }

    [Fact]
    public async Task Http10_OnRequest_ConnectionIsKept()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        for (int turn = 0; turn < 2; turn++)
        {
            WireMessage answer = await client.AskAsync("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
            answer.HasToken("Connection", "keep-alive").ShouldBeTrue(answer.Head);
        }
    }

    [Fact]
    public async Task Http10_AppAnswersChunked_ClientGetsBodyUpToTheClose()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\nX-T: u\r\n\r\n"));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
        answer.Has("Transfer-Encoding").ShouldBeFalse(answer.Head);
        answer.Text.ShouldBe("hello world");
        client.End.ShouldBe(WireEnd.Closed);
    }

    [Fact]
    public async Task Http10_AppAnswersUpToItsClose_ClientGetsTheSame()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Once("HTTP/1.1 200 OK\r\n\r\nto the end"));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
        answer.Has("Transfer-Encoding").ShouldBeFalse(answer.Head);
        answer.Text.ShouldBe("to the end");
    }

    [Fact]
    public async Task Http10_AppSendsInterimAnswers_ClientGetsOnlyTheFinalOne()
    {
        // RFC 9110 15.2: no 1xx to an HTTP/1.0 client.
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + Scripts.Ok("final")));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
        answer.Status.ShouldBe(200);
        answer.Text.ShouldBe("final");
    }

    [Fact]
    public async Task Http10_AppIsHttp10_ConnectionToItIsNotReused()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Once("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        await using RawClient client = await portok.ConnectAsync();
        for (int turn = 0; turn < 2; turn++)
        {
            WireMessage answer = await client.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
            answer.StartLine.ShouldBe("HTTP/1.1 200 OK");
            answer.Text.ShouldBe("ok");
        }
    }

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\nX-A: b\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n\r\n")]
    public async Task Http10_AnswerWithoutABodyNamesACoding_ClientIsNotToldOfIt(string method, string response)
    {
        // RFC 9112 6.1: no Transfer-Encoding to a client that has not said HTTP/1.1.
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(response));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync($"{method} / HTTP/1.0\r\nHost: a\r\n\r\n");
        Latin1.Text(await client.ReadToEndAsync()).ShouldBe($"{response.Split("\r\n")[0]}\r\nX-A: b\r\nConnection: close\r\n\r\n");
    }

    [Fact]
    public async Task Http10_AsksForAnUpgradeAndAContinue_AppHearsOfNeither()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync(
            "POST / HTTP/1.0\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nExpect: 100-continue\r\nTE: trailers\r\nContent-Length: 2\r\n\r\nhi");
        answer.Text.ShouldBe("hi");
        WireMessage seen = await app.RequestAsync();
        foreach (string name in new[] { "Upgrade", "Connection", "Expect", "TE" }) seen.Has(name).ShouldBeFalse(seen.Head);
    }
}

namespace Portok.EndToEnd.Tests.Relay;

/// <summary>Fields that belong to one connection stay on it (RFC 9110 7.6.1), and Portok's own never reach the app.</summary>
public sealed class HopByHopTests(ExactFixture portok) : IClassFixture<ExactFixture>
{
    [Theory]
    [InlineData("Connection: keep-alive")]
    [InlineData("Keep-Alive: timeout=5")]
    [InlineData("Proxy-Connection: keep-alive")]
    [InlineData("Connection: X-Mine\r\nX-Mine: 1")]
    [InlineData("Connection: x-mine , keep-alive\r\nX-Mine: 1\r\nx-MINE: 2")]
    [InlineData("X-Mine: 1\r\nConnection: keep-alive\r\nConnection: X-mine")]
    [InlineData("TE: gzip")]
    [InlineData("Upgrade: h2c")]
    [InlineData("Proxy-Authorization: Basic abc")]
    [InlineData("X-Admin-Token: secret")]
    [InlineData("x-admin-token: secret")]
    [InlineData("X-Portok-Peer: 127.0.0.1")]
    public async Task Request_FieldOfTheConnection_DoesNotReachApp(string fields)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync($"GET / HTTP/1.1\r\nHost: a\r\nX-Before: b\r\n{fields}\r\nX-After: c\r\n\r\n")).Status.ShouldBe(200);
        Latin1.Text((await app.ConnectionAsync()).Received).ShouldBe("GET / HTTP/1.1\r\nHost: a\r\nX-Before: b\r\nX-After: c\r\n\r\n");
    }

    [Theory]
    [InlineData("Connection: keep-alive")]
    [InlineData("Keep-Alive: timeout=5, max=100")]
    [InlineData("Proxy-Connection: keep-alive")]
    [InlineData("Connection: X-Mine\r\nX-Mine: 1")]
    [InlineData("Upgrade: h2c")]
    [InlineData("Proxy-Authenticate: Basic")]
    public async Task Response_FieldOfTheConnection_DoesNotReachClient(string fields)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always($"HTTP/1.1 200 OK\r\nX-Before: b\r\n{fields}\r\nContent-Length: 0\r\n\r\n"));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        answer.Head.ShouldBe("HTTP/1.1 200 OK\r\nX-Before: b\r\nContent-Length: 0\r\n\r\n");
    }

    [Theory]
    [InlineData("trailers")]
    [InlineData("trailers, deflate;q=0.5")]
    public async Task Request_TeTrailers_ReachesAppAlone(string value)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        await client.AskAsync($"GET / HTTP/1.1\r\nHost: a\r\nTE: {value}\r\nConnection: TE\r\n\r\n");
        (await app.RequestAsync())["TE"].ShouldBe("trailers");
    }

    [Theory]
    [InlineData("Content-Length", "Connection: Content-Length\r\nContent-Length: 2")]
    [InlineData("Transfer-Encoding", "Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked")]
    public async Task Request_ConnectionNamesFraming_IsRefusedOrStillFramed(string name, string fields)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        string body = string.Equals(name, "Content-Length", StringComparison.Ordinal) ? "hi" : "2\r\nhi\r\n0\r\n\r\n";
        WireMessage answer = await client.AskAsync($"POST / HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\n{body}");
        if (answer.Status != 400)
            (await app.RequestAsync()).Text.ShouldBe("hi");
    }

    [Fact]
    public async Task Request_ConnectionNamesHost_HostStillReachesAppOrIsRefused()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: host\r\n\r\n");
        if (answer.Status != 400)
            (await app.RequestAsync())["Host"].ShouldBe("a");
    }

    [Fact]
    public async Task Response_AppSaysClose_ClientConnectionStaysOpen()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Once("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"));
        await using RawClient client = await portok.ConnectAsync();
        for (int turn = 0; turn < 3; turn++)
        {
            WireMessage answer = await client.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
            answer.Text.ShouldBe("ok");
            answer.Has("Connection").ShouldBeFalse(answer.Head);
        }

        app.Connections.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Request_ClientSaysClose_AnswerSaysCloseAndConnectionEnds()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        answer.HasToken("Connection", "close").ShouldBeTrue();
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        client.End.ShouldBe(WireEnd.Closed);
        (await app.RequestAsync()).HasToken("Connection", "close").ShouldBeFalse("the app's connection is Portok's to keep");
    }
}

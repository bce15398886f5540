namespace Portok.EndToEnd.Tests.Relay;

/// <summary>What passes is the same bytes on both sides (ENABLE_XFWD=0, so that nothing is added).</summary>
public sealed class ExactBytesTests(ExactFixture portok) : IClassFixture<ExactFixture>
{
    private const string Ordinary = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET /a%2Fb/../c//d;e?x=%7e&y={z}|^`\"<> HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a:81\r\n\r\n")]
    [InlineData("M-SEARCH! /x HTTP/1.1\r\nhOsT: [::1]:8080\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nX-Before: 1\r\nHost: a\r\nx-AFTER: 2\r\nX-Before: 3\r\nCookie: a=b\r\nCookie: c=d\r\nX-Empty:\r\n\r\n")]
    [InlineData("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("DELETE /p HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("GET /latin1 HTTP/1.1\r\nHost: a\r\nX-Obs-Text: caf\u00e9 \u00fc\r\n\r\n")]
    public async Task Request_ReachesAppUnchanged(string request)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        await client.AskAsync(request);
        Latin1.Text((await app.ConnectionAsync()).Received).Replace("X-Empty: \r\n", "X-Empty:\r\n", StringComparison.Ordinal).ShouldBe(request);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 299 Strange Things: Happen\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 404 Gefund\u00e9n\r\nSet-Cookie: a=b\r\nx-lower: 1\r\nSet-Cookie: c=d\r\nX-UPPER: 2\r\nContent-Length: 3\r\nX-Last: 9\r\n\r\nno!")]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nDate: Mon, 15 Jan 2024 10:30:00 GMT\r\nServer: some/1.0\r\ncontent-length: 1\r\n\r\n!")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 405 No\r\nAllow: GET, BREW\r\nCache-Control: no-transform\r\nProxy-Status: inner; error=dns_error\r\nVia: 1.1 inner\r\nContent-Length: 0\r\n\r\n")]
    public async Task Response_ReachesClientUnchanged(string response)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(response));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(Ordinary);
        Latin1.Text(await client.ReadExactlyAsync(response.Length)).ShouldBe(response);
        (await client.IsSilentAsync(TimeSpan.FromMilliseconds(50))).ShouldBeTrue("the answer is all there is");
    }

    [Fact]
    public async Task Request_InBytesOneByOne_ReachesAppUnchanged()
    {
        const string request = "POST /slow HTTP/1.1\r\nHost: a\r\nX-One: 1\r\nContent-Length: 10\r\n\r\n0123456789";
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        for (int turn = 0; turn < 2; turn++)
        {
            await client.DripAsync(request);
            (await client.ReadResponseAsync()).Text.ShouldBe("0123456789");
        }

        Latin1.Text((await app.ConnectionAsync()).Received).ShouldBe(request + request);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 10\r\n\r\n0123456789")]
    [InlineData("HTTP/1.1 200 OK\r\nX-A: b\r\nTransfer-Encoding: chunked\r\n\r\n5;ext=1\r\n01234\r\n005\r\n56789\r\n0\r\nX-T: u\r\n\r\n")]
    public async Task Response_InBytesOneByOne_ReachesClientWhole(string response)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Drip(response));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync(Ordinary);
        answer.Text.ShouldBe("0123456789");
        answer["X-A"].ShouldBe("b");
    }

    [Fact]
    public async Task Request_InAbsoluteForm_IsRelayedInOriginFormWithItsAuthorityAsHost()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        await client.AskAsync("GET http://other.test:8080/path?q HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n");
        WireMessage seen = await app.RequestAsync();
        seen.StartLine.ShouldBe("GET /path?q HTTP/1.1");
        seen["Host"].ShouldBe("other.test:8080");
    }

    [Fact]
    public async Task Request_AfterOneEmptyLine_IsServed()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync("\r\n" + Ordinary)).Status.ShouldBe(200);
        Latin1.Text((await app.ConnectionAsync()).Received).ShouldBe(Ordinary);
    }

    [Fact]
    public async Task Body_OfEveryByteValue_PassesBothWays()
    {
        byte[] body = [.. Enumerable.Range(0, 300_000).Select(index => (byte)(index * 7))];
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync($"PUT /all HTTP/1.1\r\nHost: a\r\nContent-Length: {body.Length}\r\n\r\n");
        await client.SendAsync(body);
        (await client.ReadResponseAsync()).Body.SequenceEqual(body).ShouldBeTrue();
    }

    [Fact]
    public async Task Response_RepeatingTheSameLength_IsRelayedWithOne()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok"));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync(Ordinary);
        answer.Values("Content-Length").ShouldBe(["2"]);
        answer.Text.ShouldBe("ok");
    }
}

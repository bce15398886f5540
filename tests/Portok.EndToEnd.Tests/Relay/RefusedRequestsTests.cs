using System.Text.Json;

namespace Portok.EndToEnd.Tests.Relay;

/// <summary>Requests that Portok answers itself: the right status, a word on the fault, and nothing reaches the app.</summary>
public sealed class RefusedRequestsTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    [Theory]
    [InlineData(400, "GET\r\n\r\n")]
    [InlineData(400, "GET /\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1 x\r\nHost: a\r\n\r\n")]
    [InlineData(400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(400, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(400, " GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(400, "G@T / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(400, "GET path HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(400, "GET * HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(400, "GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(400, "GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(400, "GET / HTTX/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(400, "GET / http/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\nHost: a\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: a\n\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0007b\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: a\r\n: 1\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: a\r\nX(Y): 1\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\n Host: a\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n")]
    [InlineData(400, "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n")]
    [InlineData(400, "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(405, "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n")]
    [InlineData(417, "GET / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n")]
    [InlineData(501, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData(505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n")]
    [InlineData(505, "GET / HTTP/1.2\r\nHost: a\r\n\r\n")]
    [InlineData(505, "GET / HTTP/3.0\r\nHost: a\r\n\r\n")]
    [InlineData(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    public async Task Request_BreakingARule_IsRefusedAndConnectionCloses(int status, string request)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(request);
        WireMessage answer = await client.ReadResponseAsync();
        answer.Status.ShouldBe(status, answer.ToString());
        answer.HasToken("Connection", "close").ShouldBeTrue(answer.Head);
        answer["Proxy-Status"].ShouldNotBeNull().ShouldStartWith("portok; error=");
        answer.Body.Length.ShouldBeGreaterThan(5);
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        app.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refusal_OfConnect_SaysWhatIsAllowed()
    {
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n")).Has("Allow").ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "text/plain")]
    [InlineData("Accept: */*\r\n", "text/plain")]
    [InlineData("Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n", "text/html")]
    [InlineData("Accept: application/json\r\n", "application/json")]
    [InlineData("Accept: text/html;q=0.5, application/json\r\n", "application/json")]
    public async Task Refusal_ByAccept_HasThatForm(string accept, string type)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always("not HTTP\r\n\r\n"));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync($"GET / HTTP/1.1\r\nHost: a\r\n{accept}\r\n");
        answer.Status.ShouldBe(502);
        answer["Content-Type"].ShouldNotBeNull().ShouldStartWith(type);
        if (type is "application/json")
            JsonDocument.Parse(answer.Text).RootElement.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Refusal_OfHead_HasNoBody()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always("not HTTP\r\n\r\n"));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        (await client.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 502 ");
        (await client.ReadToEndAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("HEAD / HTTP/1.1\r\n\r\n")]
    [InlineData("HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n")]
    [InlineData("HEAD / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n")]
    public async Task Refusal_OfAMalformedHead_HasNoBody(string request)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("never")));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(request);
        (await client.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 400 ");
        (await client.ReadToEndAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/2.0\r\nHost: a\r\n\r\n")]
    [InlineData("GET /no-app HTTP/1.1\r\nHost: a\r\n\r\n")]
    public async Task Refusal_HasTheDate(string request)
    {
        // RFC 9110 6.6.1: whoever answers for himself and has a clock says when.
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always("not HTTP\r\n\r\n"));
        await using RawClient client = await portok.ConnectAsync();
        string date = (await client.AskAsync(request))["Date"].ShouldNotBeNull();
        var said = DateTimeOffset.ParseExact(date, "R", System.Globalization.CultureInfo.InvariantCulture);
        (DateTimeOffset.UtcNow - said).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }
}

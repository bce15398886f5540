namespace Portok.EndToEnd.Tests.Relay;

/// <summary>Answers to HEAD, and 204 and 304, have no body whatever their fields say (RFC 9112 6.3); the connections live on.</summary>
public sealed class BodilessTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    private const string Next = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nX-No: framing\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\nETag: \"a\"\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n")]
    [InlineData("DELETE", "HTTP/1.1 204 No Content\r\n\r\n")]
    public async Task Bodiless_EndsAtItsHead_AndBothConnectionsLiveOn(string method, string response)
    {
        await using ScriptedApp app = await portok.BehindAsync(
            Scripts.Each(request => request.Target is "/next" ? Scripts.Ok("next") : response));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync($"{method} /first HTTP/1.1\r\nHost: a\r\n\r\n");
        (await client.ReadHeadAsync()).ShouldBe(response);
        (await client.AskAsync(Next)).Text.ShouldBe("next");
        app.Connections.Count.ShouldBe(1);
    }

    [Fact]
    public async Task NoContent_WithALength_LosesIt()
    {
        // RFC 9110 8.6: a 204 carries no Content-Length.
        await using ScriptedApp app = await portok.BehindAsync(
            Scripts.Each(request => request.Target is "/next" ? Scripts.Ok("next") : "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync("GET /first HTTP/1.1\r\nHost: a\r\n\r\n");
        answer.Status.ShouldBe(204);
        answer.Has("Content-Length").ShouldBeFalse(answer.Head);
        (await client.AskAsync(Next)).Text.ShouldBe("next");
    }

    [Fact]
    public async Task Head_AppSendsABodyAllTheSame_ItDoesNotReachTheClient()
    {
        await using ScriptedApp app = await portok.BehindAsync(
            Scripts.Each(request => request.Target is "/next" ? Scripts.Ok("next") : Scripts.Ok("not wanted")));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync("HEAD /first HTTP/1.1\r\nHost: a\r\n\r\n")).ContentLength.ShouldBe(10);
        (await client.AskAsync(Next)).Text.ShouldBe("next");
    }
}

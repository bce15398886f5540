namespace Portok.EndToEnd.Tests.Relay;

/// <summary>Trailers pass both ways; those that could change what was already decided do not (RFC 9110 6.5.1).</summary>
public sealed class TrailerTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    private const string Dangerous =
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\nHost: evil\r\nConnection: close\r\nAuthorization: Basic x\r\nUpgrade: h2c\r\nKeep-Alive: timeout=1\r\nTE: trailers\r\nx-admin-token: secret\r\n";

    [Fact]
    public async Task Trailers_OfTheRequest_ReachTheApp()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        await client.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\nx-Other: 2\r\nX-Sum: 3\r\n\r\n");
        WireMessage seen = await app.RequestAsync();
        seen.Text.ShouldBe("abc");
        seen["Trailer"].ShouldBe("X-Sum");
        seen.Trailers.ShouldBe([new WireField("X-Sum", "1"), new WireField("x-Other", "2"), new WireField("X-Sum", "3")]);
    }

    [Fact]
    public async Task Trailers_OfTheResponse_ReachTheClient()
    {
        await using ScriptedApp app = await portok.BehindAsync(
            Scripts.Always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: grpc-status\r\n\r\n3\r\nabc\r\n0\r\ngrpc-status: 0\r\nServer-Timing: x;dur=1\r\n\r\n"));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\n\r\n");
        answer.Trailers.ShouldBe([new WireField("grpc-status", "0"), new WireField("Server-Timing", "x;dur=1")]);
    }

    [Fact]
    public async Task Trailers_OfTheRequestThatFrameRouteOrAuthorize_AreDroppedOrRefused()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync($"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Good: 1\r\n{Dangerous}X-Better: 2\r\n\r\n");
        answer.Text.ShouldBe("abc");
        (await app.RequestAsync()).Trailers.ShouldBe([new WireField("X-Good", "1"), new WireField("X-Better", "2")]);
    }

    [Fact]
    public async Task Trailers_OfTheResponseThatFrame_AreDropped()
    {
        await using ScriptedApp app = await portok.BehindAsync(
            Scripts.Always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Good: 1\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        answer.Trailers.ShouldBe([new WireField("X-Good", "1")]);
        (await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("abc");
    }

    [Theory]
    [InlineData("Bad Name: 1\r\n")]
    [InlineData("X-Space : 1\r\n")]
    [InlineData("X-Fold: 1\r\n folded\r\n")]
    [InlineData("X-Bare: 1\n")]
    [InlineData("X-Nul: \0\r\n")]
    public async Task Trailers_Malformed_NeverReachTheAppAsAWholeRequest(string trailer)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync($"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n{trailer}\r\n");
        WireMessage answer = await client.ReadResponseAsync();
        answer.Status.ShouldBe(400);
        app.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Trailers_ThatConnectionNames_StayOnTheirHop()
    {
        // RFC 9110 7.6.1: header and trailer fields of that name.
        const string fields = "Connection: X-Hop\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Good: 1\r\nx-hop: 2\r\n\r\n";
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always("HTTP/1.1 200 OK\r\n" + fields));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync("POST / HTTP/1.1\r\nHost: a\r\n" + fields);
        answer.Trailers.ShouldBe([new WireField("X-Good", "1")]);
        (await app.RequestAsync()).Trailers.ShouldBe([new WireField("X-Good", "1")]);
        // The next request on these connections has named nothing.
        await client.AskAsync("POST / HTTP/1.1\r\nHost: a\r\n" + fields.Replace("Connection: X-Hop\r\n", "", StringComparison.Ordinal));
        app.Requests[1].Trailers.ShouldBe([new WireField("X-Good", "1"), new WireField("x-hop", "2")]);
    }
}

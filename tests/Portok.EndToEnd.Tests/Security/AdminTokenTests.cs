namespace Portok.EndToEnd.Tests.Security;

/// <summary>The admin token in x-admin-token never reaches the app, whatever a client does with the field.</summary>
public sealed class AdminTokenTests(ExactFixture portok) : IClassFixture<ExactFixture>
{
    private const string Secret = TempInstance.Token;

    [Theory]
    [InlineData("x-admin-token: " + Secret)]
    [InlineData("X-ADMIN-Token:\t" + Secret + "\t")]
    [InlineData("x-admin-token: a\r\nX-Between: 1\r\nX-Admin-Token: " + Secret)]
    [InlineData("Connection: x-admin-token\r\nx-admin-token: " + Secret)]
    [InlineData("x-admin-token: " + Secret + "\r\nConnection: close, X-Admin-Token")]
    [InlineData("Upgrade: my-protocol/3\r\nConnection: Upgrade\r\nx-admin-token: " + Secret)]
    [InlineData("Trailer: x-admin-token\r\nTransfer-Encoding: chunked\r\nx-admin-token: " + Secret)]
    public async Task Token_InAnyHead_DoesNotReachApp(string fields)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        string body = fields.Contains("chunked", StringComparison.Ordinal) ? $"1\r\na\r\n0\r\nX-Admin-Token: {Secret}\r\nx-admin-token:{Secret}\r\n\r\n" : "";
        (await client.AskAsync($"POST /app HTTP/1.1\r\nHost: a\r\n{(body.Length == 0 ? "Content-Length: 0\r\n" : "")}{fields}\r\n\r\n{body}")).Text.ShouldBe("x");
        Latin1.Text((await app.ConnectionAsync()).Received).ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Token_PipelinedAmongAdminRequests_DoesNotReachApp()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        string ask = $" HTTP/1.1\r\nHost: a\r\nx-admin-token: {Secret}\r\n\r\n";
        await client.SendAsync($"GET /1{ask}GET /__status{ask}GET /2{ask}");
        (await client.ReadResponseAsync()).Text.ShouldBe("/1");
        (await client.ReadResponseAsync()).Text.ShouldContain("activePort");
        (await client.ReadResponseAsync()).Text.ShouldBe("/2");
        Latin1.Text((await app.ConnectionAsync()).Received).ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Token_OfARequestThatIsTriedAgain_DoesNotReachApp()
    {
        // The second connection gets what the first one did not answer.
        await using ScriptedApp app = await portok.BehindAsync(Scripts.ByConnection(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.SendAsync(Scripts.Ok("first"));
                await connection.ReadRequestAsync();
            },
            Scripts.Always(Scripts.Ok("again"))));
        await using RawClient client = await portok.ConnectAsync();
        string ask = $"GET / HTTP/1.1\r\nHost: a\r\nx-admin-token: {Secret}\r\n\r\n";
        (await client.AskAsync(ask)).Text.ShouldBe("first");
        (await client.AskAsync(ask)).Text.ShouldBe("again");
        app.Connections.Count.ShouldBe(2);
        foreach (AppConnection connection in app.Connections) Latin1.Text(connection.Received).ShouldNotContain(Secret);
    }
}

namespace Portok.EndToEnd.Tests.Relay;

/// <summary>Chunked bodies: same content, strictly framed, nothing held back (RFC 9112 7.1).</summary>
public sealed class ChunkedTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    private const string Post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    [Theory]
    [InlineData("0\r\n\r\n", "")]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("1\r\nh\r\n4\r\nello\r\n00\r\n\r\n", "hello")]
    [InlineData("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789")]
    [InlineData("0000000000000005\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5;name=value\r\nhello\r\n0;last\r\n\r\n", "hello")]
    [InlineData("5;q=\"a b\"\r\nhello\r\n0\r\n\r\n", "hello")]
    public async Task Chunks_WellFormed_ReachAppWithTheSameContent(string body, string content)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync(Post + body)).Text.ShouldBe(content);
        WireMessage seen = await app.RequestAsync();
        seen.Text.ShouldBe(content);
        Latin1.Text(seen.RawBody).ShouldNotContain(";", customMessage: "extensions belong to one connection");
        await client.DripAsync(Post + body);
        (await client.ReadResponseAsync()).Text.ShouldBe(content);
    }

    [Theory]
    [InlineData("g\r\nhello\r\n0\r\n\r\n")]
    [InlineData("\r\nhello\r\n0\r\n\r\n")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("+5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("0x5\r\nhello\r\n0\r\n\r\n")]
    [InlineData(" 5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5 \r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhello\n0\r\n\r\n")]
    [InlineData("5\r\nhelloX\r\n0\r\n\r\n")]
    [InlineData("5\rXhello\r\n0\r\n\r\n")]
    [InlineData("5;a\nb\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5;a\rb\r\nhello\r\n0\r\n\r\n")]
    [InlineData("00000000000000005\r\nhello\r\n0\r\n\r\n")]
    [InlineData("ffffffffffffffff\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5_0\r\nhello\r\n0\r\n\r\n")]
    public async Task Chunks_Malformed_AreRefusedAndAppGetsNoWholeRequest(string body)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(Post + body + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
        (await client.ReadResponseAsync()).Status.ShouldBe(400);
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        app.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Chunks_ExtensionOverTheLimit_IsRefused()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync($"{Post}5;{new string('a', 5000)}\r\nhello\r\n0\r\n\r\n");
        (await client.ReadResponseAsync()).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Chunks_OfTheRequest_GoOnAsTheyCome()
    {
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestHeadAsync();
            await connection.ReadThroughAsync("hello");
            await connection.SendAsync("HTTP/1.1 103 Seen\r\n\r\n");
            await connection.ReadThroughAsync("0\r\n\r\n");
            await connection.SendAsync(Scripts.Ok("all"));
            await connection.StallAsync();
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(Post + "100\r\nhello");
        (await client.ReadHeadAsync()).ShouldBe("HTTP/1.1 103 Seen\r\n\r\n");
        await client.SendAsync(new string('x', 251) + "\r\n0\r\n\r\n");
        (await client.ReadResponseAsync()).Text.ShouldBe("all");
    }

    [Fact]
    public async Task Chunks_OfTheResponse_GoOnAsTheyCome()
    {
        var release = new TaskCompletionSource();
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
            await release.Task;
            await connection.SendAsync("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
            await connection.StallAsync();
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.ReadThroughAsync("data: 1\n\n");
        release.SetResult();
        await client.ReadThroughAsync("data: 2\n\n");
        await client.ReadThroughAsync("0\r\n\r\n");
    }

    [Fact]
    public async Task Response_UpToTheAppsClose_IsChunkedForTheClient()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Once("HTTP/1.1 200 OK\r\nX-A: b\r\n\r\nto the end"));
        await using RawClient client = await portok.ConnectAsync();
        for (int turn = 0; turn < 2; turn++)
        {
            WireMessage answer = await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            answer.IsChunked.ShouldBeTrue(answer.Head);
            answer["X-A"].ShouldBe("b");
            answer.Text.ShouldBe("to the end");
        }
    }

    [Fact]
    public async Task Response_UpToTheAppsCloseAndEmpty_IsAWholeEmptyAnswer()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Once("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("");
        (await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("");
    }

    [Fact]
    public async Task Chunks_ManyAndLarge_PassBothWays()
    {
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            WireMessage request = await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            await connection.SendAsync(request.RawBody);
            await connection.StallAsync();
        });
        await using RawClient client = await portok.ConnectAsync();
        byte[] wanted = Pattern.Bytes(600_000);
        Task sending = Task.Run(async () =>
        {
            await client.SendAsync(Post);
            int at = 0;
            for (int size = 1; at < wanted.Length; size = (size * 3 % 50_021) + 1)
            {
                int count = Math.Min(size, wanted.Length - at);
                await client.SendAsync((byte[])[.. Latin1.Bytes($"{count:X}\r\n"), .. wanted.AsSpan(at, count), (byte)'\r', (byte)'\n']);
                at += count;
            }

            await client.SendAsync("0\r\n\r\n");
        });
        WireMessage answer = await client.ReadResponseAsync();
        await sending;
        answer.Body.Length.ShouldBe(wanted.Length);
        Pattern.FirstFault(answer.Body).ShouldBe(-1);
    }
}

using System.Globalization;
using System.Text;
using Portok.Testing;

namespace Portok.Engine.Tests.Support;

/// <summary>Each kind of exchange that the engine relays.</summary>
internal static class Conversations
{
    private static readonly string LargeBody = Latin1.Text(Pattern.Bytes(150_000));

    internal static IReadOnlyList<Conversation> All { get; } =
    [
        new("kept-alive GETs", KeptAliveAsync, Scripts.Each(request => Scripts.Ok("you asked for " + request.Target, "X-A: 1", "X-A: 2"))),
        new("pipelined", Conversation.Say(Get("/1") + Post("/2", "body of 2") + Get("/3"), 3), Scripts.Each(r => Scripts.Ok(r.Target + r.Text))),
        new("chunked both ways", Conversation.Say(Chunked("/c", "alpha", "b", new string('g', 700)) + Get("/after"), 2), Scripts.Each(r =>
            r.IsChunked ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunks(r.Text, "omega") : Scripts.Ok("x"))),
        new("close-delimited", Conversation.Say(Get("/d"), 1), Scripts.Once("HTTP/1.1 200 OK\r\nX: y\r\n\r\nuntil the end of it all")),
        new("close-delimited to HTTP/1.0", Conversation.Say("GET /d HTTP/1.0\r\nHost: a\r\n\r\n", 1), Scripts.Once("HTTP/1.1 200 OK\r\n\r\nuntil the end of it all")),
        new("chunked to HTTP/1.0", Conversation.Say("GET /d HTTP/1.0\r\nHost: a\r\n\r\n", 1), Scripts.Always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunks("one", "two"))),
        new("interim responses", Conversation.Say(Get("/early"), 3), Scripts.Always(
            "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")),
        new("HEAD", Conversation.Say("HEAD /h HTTP/1.1\r\nHost: a\r\n\r\n", 1, toHead: true), Scripts.Always("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")),
        new("204 and 304", Conversation.Say(Get("/204") + Get("/304") + Get("/200"), 3), Scripts.Each(r =>
            string.Equals(r.Target, "/200", StringComparison.Ordinal) ? Scripts.Ok("x") : $"HTTP/1.1 {r.Target[1..]} No Body\r\nETag: \"a\"\r\n\r\n")),
        new("expect", ExpectAsync, async connection =>
        {
            await connection.ReadRequestHeadAsync();
            await connection.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
            await connection.SendAsync(Scripts.Ok(Latin1.Text(await connection.ReadExactlyAsync(7))));
            await connection.StallAsync();
        }),
        new("large body both ways", Conversation.Say(Post("/large", LargeBody), 1), Scripts.Echo()),
        new("large chunked both ways", Conversation.Say(Chunked("/large", LargeBody[..50_000], LargeBody[50_000..60_000]), 1), Scripts.Each(r =>
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunks(r.Text[..20_000], r.Text[20_000..]))),
        new("WebSocket", WebSocketAsync, Scripts.UpgradeAndEcho("websocket")),
        new("half-closed client", HalfCloseAsync, Scripts.Echo()),
        new("connection: close", CloseAsync, Scripts.Echo()),
    ];

    internal static string Get(string target) => $"GET {target} HTTP/1.1\r\nHost: a\r\nCookie: c=1\r\n\r\n";

    internal static string Post(string target, string body) => $"POST {target} HTTP/1.1\r\nHost: a\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    internal static string Chunked(string target, params string[] parts)
        => $"POST {target} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTE: trailers\r\n\r\n{Chunks(parts)}";

    internal static string Chunks(params string[] parts)
    {
        var text = new StringBuilder();
        foreach (string part in parts) text.Append(CultureInfo.InvariantCulture, $"{part.Length:x};ext=1\r\n{part}\r\n");
        return text.Append("0\r\nX-Sum: 42\r\n\r\n").ToString();
    }

    private static async Task<string> KeptAliveAsync(RawClient client)
    {
        var text = new StringBuilder();
        for (int i = 0; i < 3; i++) text.Append(Conversation.Text(await client.AskAsync(Get($"/{i}"))));
        return text.ToString();
    }

    private static async Task<string> ExpectAsync(RawClient client)
    {
        await client.SendAsync("PUT /e HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\nExpect: 100-continue\r\n\r\n");
        string interim = Conversation.Text(await client.ReadResponseAsync());
        await client.SendAsync("content");
        return interim + Conversation.Text(await client.ReadResponseAsync());
    }

    private static async Task<string> WebSocketAsync(RawClient client)
    {
        string frames = Latin1.Text(Pattern.Bytes(3000));
        await client.SendAsync($"GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n{frames[..10]}");
        string head = await client.ReadHeadAsync();
        await client.SendAsync(frames[10..]);
        byte[] echo = await client.ReadExactlyAsync(frames.Length);
        client.HalfClose();
        byte[] rest = await client.ReadToEndAsync();
        return $"{head}{Convert.ToHexString(echo)}+{rest.Length}, {client.End}";
    }

    private static async Task<string> HalfCloseAsync(RawClient client)
    {
        await client.SendAsync(Post("/half", "still wants its answer"));
        client.HalfClose();
        return $"{Conversation.Text(await client.ReadResponseAsync())}{(await client.ReadToEndAsync()).Length}, {client.End}";
    }

    private static async Task<string> CloseAsync(RawClient client)
    {
        await client.SendAsync("GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        return $"{Conversation.Text(await client.ReadResponseAsync())}{(await client.ReadToEndAsync()).Length}, {client.End}";
    }
}

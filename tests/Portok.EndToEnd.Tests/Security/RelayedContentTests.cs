using System.IO.Compression;

namespace Portok.EndToEnd.Tests.Security;

/// <summary>What is relayed is not looked into: nothing is unpacked, and what looks like a line break stays what it is.</summary>
public sealed class RelayedContentTests(ExactFixture portok) : IClassFixture<ExactFixture>
{
    [Fact]
    public async Task Compressed_BothWays_PassesPackedAsItCame()
    {
        // 16 MiB of zeros in 16 KiB: whoever unpacked it would be seen by the bytes on the other side.
        byte[] bomb = Pack(new byte[16 * 1024 * 1024]);
        string packed = Latin1.Text(bomb);
        string response = $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n{packed}";
        string request = $"POST / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, br;q=0.5\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n{packed}";
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(response));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(request);
        Latin1.Text(await client.ReadExactlyAsync(response.Length)).ShouldBe(response);
        Latin1.Text((await app.ConnectionAsync()).Received).ShouldBe(request);
    }

    [Theory]
    [InlineData("/%0d%0aSet-Cookie:%20a=b")]
    [InlineData("/?q=%0D%0A%0D%0AHTTP/1.1%20200%20OK")]
    [InlineData("/\\r\\nX:y")]
    public async Task LineBreaks_ThatAreEncoded_StayEncoded(string target)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok("x", "Location: " + request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync($"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n");
        answer.Head.ShouldBe($"HTTP/1.1 200 OK\r\nLocation: {target}\r\nContent-Length: 1\r\n\r\n");
        (await app.RequestAsync()).Fields.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX: a\rSet-Cookie: b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: a\nSet-Cookie: b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\rX: a\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 O\nK\r\nContent-Length: 0\r\n\r\n")]
    public async Task Answer_WithALoneLineBreak_IsRefusedWhole(string response)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Stall(response));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        answer.Status.ShouldBe(502);
        answer.Has("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Answer_WithASecondOneHiddenInItsBody_IsOneAnswer()
    {
        const string hidden = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhidden";
        await using ScriptedApp app = await portok.BehindAsync(
            Scripts.ByConnection(Scripts.Stall(Scripts.Ok("first") + hidden), Scripts.Always(Scripts.Ok("second"))));
        await using RawClient client = await portok.ConnectAsync();
        const string ask = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        await client.SendAsync(ask + ask);
        (await client.ReadResponseAsync()).Text.ShouldBe("first");
        (await client.ReadResponseAsync()).Text.ShouldBe("second");
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(content);
        return packed.ToArray();
    }
}

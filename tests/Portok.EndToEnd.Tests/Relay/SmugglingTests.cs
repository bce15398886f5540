namespace Portok.EndToEnd.Tests.Relay;

/// <summary>Requests that two parsers could read in two ways are refused; the app never sees what was hidden in them.</summary>
public sealed class SmugglingTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    private const string Hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";

    [Theory]
    [InlineData("Content-Length: 6\r\nTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 6", "0\r\n\r\n")]
    [InlineData("Content-Length: 0\r\nContent-Length: 36", "")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5", "hello")]
    [InlineData("Content-Length: 5, 5", "hello")]
    [InlineData("Content-Length: +5", "hello")]
    [InlineData("Content-Length: -1", "")]
    [InlineData("Content-Length: 0x5", "hello")]
    [InlineData("Content-Length: 5 5", "hello")]
    [InlineData("Content-Length: 5.0", "hello")]
    [InlineData("Content-Length: ", "hello")]
    [InlineData("Content-Length: 5;", "hello")]
    [InlineData("Content-Length: \u00b2", "hi")]
    [InlineData("Content-Length: 9223372036854775808", "hello")]
    [InlineData("Content-Length: 18446744073709551621", "hello")]
    [InlineData("Content-Length : 5", "hello")]
    [InlineData("Content-Length\t: 5", "hello")]
    [InlineData("Transfer-Encoding : chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: identity", "")]
    [InlineData("Transfer-Encoding: xchunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunkedx", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: \"chunked\"", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked;q=1", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: ,chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding:\u000bchunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\u0000", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding:\r\n chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: \r\n\tchunked", "0\r\n\r\n")]
    [InlineData("X: y\nTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("X: y\rTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("X\r: y\r\nContent-Length: 5", "hello")]
    public async Task Framing_Ambiguous_IsRefusedAndNothingHiddenIsServed(string fields, string body)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync($"POST /outer HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\n{body}{Hidden}");
        WireMessage answer = await client.ReadResponseAsync();
        answer.Status.ShouldBe(400, answer.ToString());
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        app.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0\r\n\r\n")]
    public async Task Chunked_InHttp10_IsRefused(string request)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(seen => Scripts.Ok(seen.Target)));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(request + Hidden);
        (await client.ReadResponseAsync()).Status.ShouldBe(400);
        app.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Chunked")]
    [InlineData("CHUNKED")]
    [InlineData("\tchunked ")]
    public async Task Chunked_InAnyCase_IsOneRequestForPortokAndApp(string coding)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync($"POST /outer HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:{coding}\r\n\r\n5\r\nhello\r\n0\r\n\r\n{Hidden}");
        (await client.ReadResponseAsync()).Text.ShouldBe("/outer");
        (await client.ReadResponseAsync()).Text.ShouldBe("/hidden");
        app.Requests[0].Text.ShouldBe("hello");
    }

    [Fact]
    public async Task AnswerToHead_LyingAboutItsLength_DoesNotShiftTheNextAnswer()
    {
        await using ScriptedApp app = await portok.BehindAsync(
            Scripts.Each(request => request.Method is "HEAD" ? "HTTP/1.1 200 OK\r\nContent-Length: 38\r\n\r\n" : Scripts.Ok(request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("HEAD /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
        (await client.ReadResponseAsync(toHead: true)).ContentLength.ShouldBe(38);
        (await client.ReadResponseAsync()).Text.ShouldBe("/2");
    }
}

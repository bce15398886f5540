namespace Portok.EndToEnd.Tests.Limits;

/// <summary>MAX_HEADER_BYTES, MAX_HEADERS, MAX_BODY_BYTES.</summary>
public sealed class SizeLimitTests(SizeLimitTests.Fixture portok) : IClassFixture<SizeLimitTests.Fixture>
{
    public sealed class Fixture : PortokFixture
    {
        protected override IEnumerable<(string Name, string Value)> Settings =>
        [
            ("MAX_HEADER_BYTES", "2048"),
            ("MAX_HEADERS", "16"),
            ("MAX_BODY_BYTES", "1000"),
        ];
    }

    [Theory]
    [InlineData(1900, 200)]
    [InlineData(2100, 431)]
    [InlineData(100_000, 431)]
    public async Task Head_OverItsLimit_Is431(int fieldLength, int status)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync($"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('x', fieldLength)}\r\n\r\n")).Status.ShouldBe(status);
        app.Requests.Count.ShouldBe(status == 200 ? 1 : 0);
    }

    [Theory]
    [InlineData(15, 200)]
    [InlineData(16, 431)]
    public async Task Head_WithTooManyFields_Is431(int besidesHost, int status)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync($"GET / HTTP/1.1\r\nHost: a\r\n{string.Concat(Enumerable.Repeat("X: y\r\n", besidesHost))}\r\n")).Status.ShouldBe(status);
    }

    [Fact]
    public async Task RequestLine_OverTheLimit_Is414()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync($"GET /{new string('x', 5000)} HTTP/1.1\r\nHost: a\r\n\r\n");
        answer.Status.ShouldBe(414);
        (await client.ReadToEndAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1000, 200)]
    [InlineData(1001, 413)]
    [InlineData(2_000_000, 413)]
    public async Task Body_ByItsLength_OverTheLimitIs413BeforeTheAppIsAsked(int length, int status)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync($"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n");
        await client.SendAsync(new byte[Math.Min(length, 100_000)]);
        (await client.ReadResponseAsync()).Status.ShouldBe(status);
        app.Requests.Count.ShouldBe(status == 200 ? 1 : 0);
    }

    [Fact]
    public async Task Body_InChunksGrowingOverTheLimit_Is413AndAppGetsNoWholeRequest()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int number = 0; number < 11; number++)
            await client.SendAsync($"64\r\n{new string('x', 100)}\r\n");
        (await client.ReadResponseAsync()).Status.ShouldBe(413);
        app.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_InChunksUpToTheLimit_Passes()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync($"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n{new string('x', 1000)}\r\n0\r\n\r\n")).Body.Length.ShouldBe(1000);
    }

    [Fact]
    public async Task EarlyRefusal_WhileTheUploadRuns_IsNotDestroyedByAReset()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        for (int turn = 0; turn < 20; turn++)
        {
            await using RawClient client = await portok.ConnectAsync();
            await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n");
            for (int piece = 0; piece < 30; piece++)
                await client.SendAsync(new byte[10_000]);
            WireMessage answer = await client.ReadResponseAsync();
            answer.Status.ShouldBe(413);
            answer.HasToken("Connection", "close").ShouldBeTrue();
        }
    }
}

using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults;

/// <summary>A body that is longer or shorter than its framing says, in both directions.</summary>
public sealed class LengthLiesTests
{
    private const string Chunked = "POST /fault/0 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    /// <summary>A request that promises more than it holds.</summary>
    private static readonly string[] TooShort =
    [
        "POST /fault/0 HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n0123456789",
        "POST /fault/0 HTTP/1.1\r\nHost: a\r\nContent-Length: 2147483000\r\n\r\n0123456789",
        "GET /fault/0 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n",
        Chunked + "b\r\n0123456789",
        Chunked + "7ffffff0\r\n0123456789",
        // The size takes the CRLF behind the data for data.
        Chunked + "c\r\n0123456789\r\n",
        Chunked + "a\r\n0123456789\r\n",
        Chunked + "a\r\n0123456789\r\n0\r\n",
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Request_ShorterThanItSays_Is400AtItsFin_OrA408InTime_AndNeverWholeForTheApp(bool fin)
    {
        await using ScriptedApp app = FaultyApp.Start(async (connection, _, _) => await connection.SendAsync(Scripts.Ok("whole")));
        var limits = new EngineLimits { ClientIdleTimeoutMs = 1000 };
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Limits = limits });
        await using (await Bystander.StartAsync(engine))
        {
            await Task.WhenAll(TooShort.Select(async request =>
            {
                await using RawClient client = await engine.ConnectAsync();
                await client.SendAsync(request);
                if (fin) client.HalfClose();
                (await client.ReadResponseAsync()).Status.ShouldBe(fin ? 400 : 408, request);
                if (!fin) client.HalfClose();
                (await client.ReadToEndAsync()).ShouldBeEmpty();
                client.End.ShouldBe(WireEnd.Closed);
            }));
        }

        app.Requests.ShouldAllBe(r => FaultyApp.IsSteady(r));
    }

    [Theory]
    [InlineData(Chunked + "9\r\n0123456789\r\n0\r\n\r\n")]
    [InlineData(Chunked + "0\r\n0123456789\r\n0\r\n\r\n")]
    [InlineData(Chunked + "a\r\n0123456789\n0\r\n\r\n")]
    [InlineData(Chunked + "-1\r\n0\r\n\r\n")]
    [InlineData(Chunked + "10000000000000000\r\n0\r\n\r\n")]
    public async Task Request_WhoseChunkIsLongerThanItSays_Is400_AndNeverWholeForTheApp(string request)
    {
        await using ScriptedApp app = FaultyApp.Start(async (connection, _, _) => await connection.SendAsync(Scripts.Ok("whole")));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using (await Bystander.StartAsync(engine))
        {
            await using RawClient client = await engine.ConnectAsync();
            (await client.AskAsync(request)).Status.ShouldBe(400);
            client.HalfClose();
            (await client.ReadToEndAsync()).ShouldBeEmpty();
        }

        app.Requests.ShouldAllBe(r => FaultyApp.IsSteady(r));
    }

    [Fact]
    public async Task Request_LongerThanItsLength_IsAnswered_AndTheRestIsRefusedAsTheNextRequest()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Echo());
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n01234 and too much\r\n\r\n");
        (await client.ReadResponseAsync()).Text.ShouldBe("01234");
        (await client.ReadResponseAsync()).Status.ShouldBe(400);
        client.HalfClose();
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        app.Requests.Count.ShouldBe(1);
    }

    /// <summary>An answer that ends, by FIN, RST or silence, before it holds what it promised; or whose chunks lie.</summary>
    private static readonly string[] CutAnswers =
    [
        "Content-Length: 11\r\n\r\n0123456789",
        "Content-Length: 9223372036854775807\r\n\r\n0123456789",
        "Transfer-Encoding: chunked\r\n\r\nb\r\n0123456789",
        "Transfer-Encoding: chunked\r\n\r\nc\r\n0123456789\r\n",
        "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n",
        "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n0123456789",
        "Transfer-Encoding: chunked\r\n\r\n9\r\n0123456789\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n10000000000000000\r\n\r\n",
    ];

    [Theory]
    [InlineData("FIN")]
    [InlineData("RST")]
    [InlineData("silence")]
    public async Task Answer_ShorterThanItSays_OrWhoseChunkLies_IsNeverCompletedForTheClient(string end)
    {
        await using ScriptedApp app = FaultyApp.Start(async (connection, _, number) =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\n" + CutAnswers[number]);
            if (end is "RST") connection.Reset();
            if (end is "silence") await connection.StallAsync();
        });
        var limits = new EngineLimits { UpstreamResponseTimeoutMs = 2000 };
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Limits = limits });
        await using (await Bystander.StartAsync(engine))
        {
            await Task.WhenAll(CutAnswers.Select(async (answer, number) =>
            {
                await using RawClient client = await engine.ConnectAsync();
                await client.SendAsync(Conversations.Get($"/fault/{number}"));
                string all = Latin1.Text(await client.ReadToEndAsync());
                all.ShouldStartWith("HTTP/1.1 200 OK\r\n");
                all.ShouldContain("012345678", customMessage: answer);
                all.ShouldNotEndWith("0\r\n\r\n", customMessage: answer);
                client.End.ShouldNotBe(WireEnd.Open);
            }));
        }

        engine.Counters.TotalProxyErrors.ShouldBe(CutAnswers.Length);
    }

    [Theory]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n0123456789", "01234")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n0\r\n\r\n56789", "01234")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 10\r\n\r\n0123456789", "")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n0123456789", "")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789", "")]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n0123456789", "")]
    public async Task Answer_LongerThanItSays_EndsWhereItSays_AndThatConnectionIsNotUsedAgain(string method, string answer, string content)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(answer));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        for (int i = 0; i < 3; i++) (await client.AskAsync($"{method} / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe(content);
        app.Connections.Count.ShouldBe(3);
    }
}

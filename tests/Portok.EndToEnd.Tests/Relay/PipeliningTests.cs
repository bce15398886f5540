using System.Globalization;

namespace Portok.EndToEnd.Tests.Relay;

/// <summary>Pipelined requests are answered in order (RFC 9112 9.3.2).</summary>
public sealed class PipeliningTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    [Fact]
    public async Task Pipelined_FirstIsSlow_AnswersKeepTheOrder()
    {
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            while (await connection.HasMoreAsync())
            {
                WireMessage request = await connection.ReadRequestAsync();
                if (request.Target is "/0")
                    await Task.Delay(100);
                await connection.SendAsync(Scripts.Ok(request.Target));
            }
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(string.Concat(Enumerable.Range(0, 50).Select(number => $"GET /{number.ToString(CultureInfo.InvariantCulture)} HTTP/1.1\r\nHost: a\r\n\r\n")));
        for (int number = 0; number < 50; number++)
            (await client.ReadResponseAsync()).Text.ShouldBe($"/{number.ToString(CultureInfo.InvariantCulture)}");
    }

    [Fact]
    public async Task Pipelined_WithBodiesOfAllFramings_EachGoesToItsOwnRequest()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        const string posts =
            "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nGET /" +
            "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n" +
            "GET /3 HTTP/1.1\r\nHost: a\r\n\r\n" +
            "POST /4 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nxyz";
        await client.SendAsync(posts);
        string[] bodies = new string[4];
        for (int number = 0; number < 4; number++)
            bodies[number] = (await client.ReadResponseAsync()).Text;
        bodies.ShouldBe(["GET /", "abcd", "", "xyz"]);
    }

    [Fact]
    public async Task Pipelined_InBytesOneByOne_AllAreAnswered()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        await client.DripAsync("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
        (await client.ReadResponseAsync()).Text.ShouldBe("/a");
        (await client.ReadResponseAsync()).Text.ShouldBe("/b");
    }

    [Fact]
    public async Task Pipelined_BehindOneThatCloses_IsNotCarriedOut()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nPOST /never HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        (await client.ReadResponseAsync()).Text.ShouldBe("/last");
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        app.Requests.Select(request => request.Target).ShouldBe(["/last"]);
    }

    [Fact]
    public async Task Pipelined_MalformedSecond_FirstIsAnsweredThenRefusal()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("GET /good HTTP/1.1\r\nHost: a\r\n\r\nGET /bad HTTP/1.1\r\nHost : a\r\n\r\n");
        (await client.ReadResponseAsync()).Text.ShouldBe("/good");
        WireMessage refusal = await client.ReadResponseAsync();
        refusal.Status.ShouldBe(400);
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        app.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Pipelined_AcrossASwitch_EachIsAnsweredOnce()
    {
        await using ScriptedApp old = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        await client.AskAsync("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.SendAsync(string.Concat(Enumerable.Repeat("GET /y HTTP/1.1\r\nHost: a\r\n\r\n", 200)));
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        for (int number = 0; number < 200; number++)
            (await client.ReadResponseAsync()).Text.ShouldBe("/y");
        (old.Requests.Count + app.Requests.Count).ShouldBe(201);
    }
}

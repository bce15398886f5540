using System.Diagnostics;

namespace Portok.EndToEnd.Tests.Limits;

/// <summary>Times that are counted from the last byte, and what happens at their end. Short settings.</summary>
public sealed class TimeoutTests(TimeoutTests.Fixture portok) : IClassFixture<TimeoutTests.Fixture>
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    public sealed class Fixture : PortokFixture
    {
        protected override IEnumerable<(string Name, string Value)> Settings =>
        [
            ("SERVER_KEEPALIVE_TIMEOUT", "700"),
            ("SERVER_HEADERS_TIMEOUT", "1000"),
            ("UPSTREAM_RESPONSE_TIMEOUT_MS", "1000"),
            ("CLIENT_IDLE_TIMEOUT_MS", "1500"),
        ];
    }

    [Theory]
    [InlineData("GET / HT")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX-Half: ")]
    public async Task Head_NotCompleteInTime_Is408AndTheEnd(string begun)
    {
        await using RawClient client = await portok.ConnectAsync();
        long start = Stopwatch.GetTimestamp();
        await client.SendAsync(begun);
        WireMessage answer = await client.ReadResponseAsync();
        answer.Status.ShouldBe(408);
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        Stopwatch.GetElapsedTime(start).ShouldBeInRange(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Head_DrippingOn_Is408AllTheSame()
    {
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nX-Drip: ");
        Task<WireMessage> answer = client.ReadResponseAsync();
        while (!answer.IsCompleted)
        {
            try
            {
                await client.SendAsync("x");
            }
            catch (WireException)
            {
                break;
            }

            await Task.Delay(50);
        }

        (await answer).Status.ShouldBe(408);
    }

    [Fact]
    public async Task Client_IdleAfterAnAnswer_IsClosedWithoutAWord()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        await client.AskAsync(Get);
        long start = Stopwatch.GetTimestamp();
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        client.End.ShouldBe(WireEnd.Closed);
        Stopwatch.GetElapsedTime(start).ShouldBeInRange(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Client_UsingItsConnection_IsNotClosed()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        for (int turn = 0; turn < 6; turn++)
        {
            (await client.AskAsync(Get)).Text.ShouldBe("x");
            await Task.Delay(300);
        }
    }

    [Fact]
    public async Task App_AcceptsAndNeverAnswers_Is504AndOthersDoNotNotice()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.ByConnection(Scripts.Stall(), Scripts.Always(Scripts.Ok("quick"))));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(Get);
        await app.ConnectionAsync();
        await using RawClient other = await portok.ConnectAsync();
        (await other.AskAsync(Get)).Text.ShouldBe("quick");
        WireMessage answer = await client.ReadResponseAsync();
        answer.Status.ShouldBe(504);
        answer["Proxy-Status"].ShouldNotBeNull().ShouldStartWith("portok; error=");
        await (await app.ConnectionAsync()).Done.WaitAsync(Patience.Normal);
    }

    [Fact]
    public async Task App_SlowButNeverSilent_IsWaitedFor()
    {
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n");
            for (int number = 0; number < 8; number++)
            {
                await Task.Delay(300);
                await connection.SendAsync("x");
            }

            await connection.StallAsync();
        });
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync(Get)).Text.ShouldBe("xxxxxxxx");
    }

    [Fact]
    public async Task App_SilentInTheMiddle_AnswerIsCutNotCompleted()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Stall("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(Get);
        Latin1.Text(await client.ReadToEndAsync()).ShouldEndWith("5\r\nhello\r\n");
    }

    [Fact]
    public async Task App_WaitsForASlowUpload_IsNotBlamed()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n");
        for (int number = 0; number < 6; number++)
        {
            await Task.Delay(400);
            await client.SendAsync("y");
        }

        (await client.ReadResponseAsync()).Text.ShouldBe("yyyyyy");
    }

    [Fact]
    public async Task Client_StopsSendingItsBody_IsGivenUp()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Echo());
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nyyy");
        string all = Latin1.Text(await client.ReadToEndAsync());
        if (all.Length > 0)
            all.ShouldStartWith("HTTP/1.1 408 ");
        await (await app.ConnectionAsync()).Done.WaitAsync(Patience.Normal);
        app.Requests.ShouldBeEmpty();
    }
}

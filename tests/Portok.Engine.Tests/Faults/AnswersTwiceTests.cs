using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults;

/// <summary>The app says more than it was asked for: a second answer, or one before there was a question.</summary>
public sealed class AnswersTwiceTests
{
    private const string Poison = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";

    public static TheoryData<string, string> Cases => new()
    {
        { Conversations.Get("/q"), Scripts.Ok("right") },
        { Conversations.Get("/q"), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nright\r\n0\r\n\r\n" },
        { Conversations.Get("/q"), "HTTP/1.1 204 No Content\r\n\r\n" },
        { Conversations.Get("/q"), "HTTP/1.1 304 Not Modified\r\nContent-Length: 6\r\n\r\n" },
        { Conversations.Post("/q", "order"), Scripts.Ok("right") },
        { "HEAD /q HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task SecondAnswer_FollowingAtOnceAtEachByte_ReachesNobody(string request, string response)
    {
        for (int with = 1; with <= Poison.Length; with++)
        {
            await using ScriptedApp app = ScriptedApp.Start(async connection =>
            {
                while (await connection.HasMoreAsync())
                {
                    await connection.ReadRequestAsync();
                    await connection.SendAsync(response + Poison[..with]);
                    if (with < Poison.Length) await connection.SendAsync(Poison[with..]);
                }
            });
            await using RunningEngine engine = RunningEngine.Start(app.Port);
            await using RawClient client = await engine.ConnectAsync();
            for (int i = 0; i < 3; i++)
            {
                WireMessage answer = await client.AskAsync(request);
                answer.StartLine.ShouldBe(response.Split('\r')[0]);
                answer.Text.ShouldNotContain("poison");
            }

            // Not one of those connections was used again.
            app.Connections.Count.ShouldBe(3);
            Latin1.Text(client.Received).ShouldNotContain("poison");
        }
    }

    [Theory]
    [InlineData(Poison)]
    [InlineData("H")]
    [InlineData("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("\r\n")]
    public async Task Answer_OnAnIdleConnection_ThrowsItOutOfThePool_AndReachesNobody(string unasked)
    {
        using var go = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(Scripts.Ok("right"));
            await go.WaitAsync(Patience.Normal);
            await connection.SendAsync(unasked);
            await connection.StallAsync();
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        for (int i = 0; i < 3; i++)
        {
            (await client.AskAsync(Conversations.Get("/"))).Text.ShouldBe("right");
            await Poll.UntilAsync(() => engine.Counters.UpstreamConnectionsIdle == 1);
            go.Release();
            await Poll.UntilAsync(() => engine.Counters.UpstreamConnectionsOpen == 0);
        }

        app.Connections.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("220 mail.example ESMTP\r\n", 502)]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", 502)]
    [InlineData("\0\0\0\0\0\0\0\0", 502)]
    [InlineData(Poison, 200)]
    public async Task App_ThatSpeaksFirst_OneRequestHasOneAnswer_AndThatConnectionIsGivenUp(string greeting, int status)
    {
        await using ScriptedApp app = ScriptedApp.Start(
            async connection =>
            {
                // Nobody can tell an answer that was there before its question from one that was quick.
                await connection.SendAsync(greeting);
                await connection.ReadRequestAsync();
                await connection.SendAsync(Scripts.Ok("second answer"));
                await connection.StallAsync();
            },
            new ScriptedAppOptions { HealthPath = null });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        for (int i = 1; i <= 3; i++)
        {
            (await client.AskAsync(Conversations.Get("/"))).Status.ShouldBe(status);
            await Poll.UntilAsync(() => engine.Counters.UpstreamConnectionsOpen == 0);
        }

        Latin1.Text(client.Received).ShouldNotContain("second answer");
        engine.Counters.UpstreamConnectionsOpened.ShouldBe(3);
    }
}

using System.Diagnostics;
using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults;

/// <summary>The app answers before the request's body is whole (RFC 9112 9.3, 9.6).</summary>
public sealed class EarlyAnswerTests
{
    private const string Words = "not so much of it, please";

    private static readonly Dictionary<string, string> Uploads = new(StringComparer.Ordinal)
    {
        ["length"] = "POST /fault/0 HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\nbeginning",
        ["chunked"] = "POST /fault/0 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n989680\r\nbeginning",
        ["expecting"] = "POST /fault/0 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 10000000\r\n\r\n",
    };

    private static readonly Dictionary<string, string> Answers = new(StringComparer.Ordinal)
    {
        ["200, kept alive"] = Scripts.Ok(Words),
        ["200, close"] = Scripts.Ok(Words, "Connection: close"),
        ["413"] = $"HTTP/1.1 413 Content Too Large\r\nContent-Length: {Words.Length}\r\n\r\n{Words}",
        ["413, chunked"] = $"HTTP/1.1 413 Content Too Large\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{Words.Length:x}\r\n{Words}\r\n0\r\n\r\n",
        ["401, close-delimited"] = $"HTTP/1.1 401 Unauthorized\r\n\r\n{Words}",
    };

    public static TheoryData<string, string, string> Cases
        => [.. Uploads.Keys.SelectMany(upload => Answers.Keys.SelectMany(answer => new[] { "reads on", "closes", "resets", "half-closes", "reads nothing" }
            .Where(then => IsPossible(answer, then)).Select(then => (upload, answer, then))))];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Answer_BeforeTheBodyIsWhole_IsDeliveredWhole_TheRestIsDropped_AndNobodyElseNotices(string upload, string answer, string then)
    {
        using var over = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(
            async connection =>
            {
                while (await connection.HasMoreAsync())
                {
                    WireMessage request = await connection.ReadRequestHeadAsync();
                    await connection.SendAsync(FaultyApp.IsSteady(request) ? Scripts.Ok(request.Target) : Answers[answer]);
                    if (FaultyApp.IsSteady(request)) continue;
                    if (then is "resets") connection.Reset();
                    if (then is "half-closes") connection.HalfClose();
                    if (then is "reads on" or "half-closes") await connection.StallAsync();
                    if (then is "reads nothing") await over.WaitAsync(Patience.Long);
                    return;
                }
            },
            new ScriptedAppOptions { HealthPath = null });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using (await Bystander.StartAsync(engine))
        {
            await using RawClient client = await engine.ConnectAsync();
            await client.SendAsync(Uploads[upload]);
            WireMessage received = await client.ReadResponseAsync();
            received.StartLine.ShouldBe(Answers[answer].Split('\r')[0]);
            received.Text.ShouldBe(Words);
            // It goes on with its upload; what it says there is never taken for a request of its own.
            string smuggled = Conversations.Get(FaultyApp.Steady + "/smuggled");
            await SendWhatIsTakenAsync(client, Latin1.Bytes(smuggled + new string(' ', 200_000)), blocks: 20);
            client.Close();
            over.Release();
        }

        app.Requests.ShouldNotContain(r => r.Target.EndsWith("smuggled", StringComparison.Ordinal));
        app.Requests.Count(r => !FaultyApp.IsSteady(r)).ShouldBe(1);
    }

    [Fact]
    public async Task Upload_ThatNeverEnds_BehindTheAnswer_IsDroppedForABoundedTime()
    {
        await using ScriptedApp app = FaultyApp.Start((_, _, _) => Task.CompletedTask);
        await using ScriptedApp early = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestHeadAsync();
            await connection.SendAsync(Answers["413"]);
        });
        await using RunningEngine engine = RunningEngine.Start(early.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Uploads["length"]);
        (await client.ReadResponseAsync()).Text.ShouldBe(Words);
        long start = Stopwatch.GetTimestamp();
        byte[] block = new byte[1000];
        await Should.ThrowAsync<WireException>(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < Patience.Normal) await client.SendAsync(block);
        });
        (await engine.OnReactorsAsync(r => r.Buffers.Rented)).ShouldAllBe(rented => rented == 0);
    }

    [Theory]
    [InlineData("Content-Length: 12\r\n\r\n", "early", ", late.", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n", "5\r\nearly\r\n", "7\r\n, late.\r\n", "0\r\n\r\n")]
    public async Task Answer_ThatBeginsEarlyAndEndsLate_BothGoOnAtOnce_AndBothConnectionsAreKept(string framing, string begin, string middle, string end)
    {
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            while (await connection.HasMoreAsync())
            {
                await connection.ReadRequestHeadAsync();
                await connection.SendAsync($"HTTP/1.1 200 OK\r\n{framing}{begin}");
                Latin1.Text(await connection.ReadExactlyAsync(10)).ShouldBe("0123456789");
                await connection.SendAsync(middle + end);
            }
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        for (int i = 0; i < 3; i++)
        {
            await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234");
            await client.ReadThroughAsync("early");
            await client.SendAsync("56789");
            await client.ReadThroughAsync(", late.");
            if (end.Length > 0) await client.ReadThroughAsync(end);
        }

        app.Connections.Count.ShouldBe(1);
        app.Faults.ShouldBeEmpty();
    }

    /// <summary>An answer that ends with the connection needs an end of it, and a reset is no proper one.</summary>
    private static bool IsPossible(string answer, string then)
        => !answer.Contains("close-delimited", StringComparison.Ordinal) || then is "half-closes";

    private static async Task SendWhatIsTakenAsync(RawClient client, byte[] block, int blocks)
    {
        try
        {
            for (int i = 0; i < blocks; i++) await client.SendAsync(block);
        }
        catch (WireException)
        {
            // Portok has stopped taking it, after the answer.
        }
    }
}

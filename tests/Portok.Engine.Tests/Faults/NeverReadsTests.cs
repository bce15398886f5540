using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults;

/// <summary>A side that takes nothing of what is sent to it.</summary>
public sealed class NeverReadsTests
{
    private static readonly TimeSpan Stalled = TimeSpan.FromMilliseconds(500);

    [Theory]
    [InlineData("POST /fault/0 HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n")]
    [InlineData("POST /fault/0 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5f5e100\r\n")]
    public async Task App_InAnUpload_HoldsTheClientBack_Then504_AndNobodyElseNotices(string head)
    {
        using var over = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(
            async connection =>
            {
                while (await connection.HasMoreAsync())
                {
                    if (Latin1.Text(await connection.PeekAsync(1)) is "P")
                    {
                        await over.WaitAsync(Patience.Long);
                        return;
                    }

                    await connection.SendAsync(Scripts.Ok((await connection.ReadRequestAsync()).Target));
                }
            },
            new ScriptedAppOptions { HealthPath = null, ReceiveBuffer = 8192 });
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Limits = new() { UpstreamResponseTimeoutMs = 2000 } });
        await using (await Bystander.StartAsync(engine))
        {
            await using RawClient client = await engine.ConnectAsync();
            await client.SendAsync(head);
            long before = engine.Counters.BytesFromClients;
            await client.SendUntilStalledAsync(new byte[100_000], 90_000_000, Stalled);
            // What the kernel's buffers hold, and one buffer of ours.
            (engine.Counters.BytesFromClients - before).ShouldBeLessThan(30_000_000);
            (await engine.OnReactorsAsync(r => r.Buffers.Rented)).ShouldAllBe(rented => rented <= 2);
            (await client.ReadResponseAsync()).Status.ShouldBe(504);
            over.Release();
        }
    }

    [Fact]
    public async Task Client_ThatPipelinesAndReadsNothing_IsGivenUp_AndMemoryStaysSmall()
    {
        string body = new('b', 50_000);
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Each(r => FaultyApp.IsSteady(r) ? Scripts.Ok(r.Target) : Scripts.Ok(body)));
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Limits = new() { ClientIdleTimeoutMs = 1000 } });
        await using (await Bystander.StartAsync(engine))
        {
            await using RawClient client = await engine.ConnectAsync(receiveBuffer: 8192);
            byte[] block = Latin1.Bytes(string.Concat(Enumerable.Repeat(Conversations.Get("/large"), 1000)));
            await Should.ThrowAsync<WireException>(async () =>
            {
                while (true) await client.SendAsync(block);
            });
            await Poll.UntilAsync(() => engine.Counters.ClientConnectionsOpen == 1);
        }

        (await engine.OnReactorsAsync(r => r.Buffers.Rented)).ShouldAllBe(rented => rented == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OneSideOfATunnel_HoldsTheOtherBack_TheOtherDirectionGoesOn_AndAResetFreesBoth(bool clientTalks)
    {
        using var over = new SemaphoreSlim(0);
        AppConnection? connection = null;
        await using ScriptedApp app = ScriptedApp.Start(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\n");
            connection = c;
            await over.WaitAsync(Patience.Long);
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\n");
        await client.ReadHeadAsync();
        await Poll.UntilAsync(() => connection is not null);
        WireSocket talker = clientTalks ? client : connection!, silent = clientTalks ? connection! : client;
        long taken = await talker.SendUntilStalledAsync(new byte[100_000], 200_000_000, Stalled);
        taken.ShouldBeLessThan(100_000_000);
        (await engine.OnReactorsAsync(r => r.Buffers.Rented)).ShouldAllBe(rented => rented <= 1);
        await silent.SendAsync("still heard");
        Latin1.Text(await talker.ReadExactlyAsync(11)).ShouldBe("still heard");
        silent.Reset();
        await talker.ReadToEndAsync();
        talker.End.ShouldBe(WireEnd.Reset);
        over.Release();
        await Poll.UntilAsync(() => engine.Counters.TunnelsOpen == 0);
    }
}

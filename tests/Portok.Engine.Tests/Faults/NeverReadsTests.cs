using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults;

/// <summary>A side that takes nothing of what is sent to it.</summary>
public sealed class NeverReadsTests
{
    private const string Upgrade = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\n";
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
        var opened = new TaskCompletionSource<AppConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var over = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(Opens(opened, over));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Upgrade);
        await client.ReadHeadAsync();
        AppConnection connection = await opened.Task.WaitAsync(Patience.Normal);
        WireSocket talker = clientTalks ? client : connection, silent = clientTalks ? connection : client;
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

    [Fact]
    public async Task ClientOfATunnel_WhoseAppResetsBehindWhatItHasNotRead_MeetsTheResetWhenItReads()
    {
        var opened = new TaskCompletionSource<AppConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var over = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(Opens(opened, over));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        await client.SendAsync(Upgrade);
        await client.ReadHeadAsync();
        AppConnection connection = await opened.Task.WaitAsync(Patience.Normal);
        await connection.SendUntilStalledAsync(new byte[100_000], 200_000_000, Stalled);
        connection.Reset();
        await client.ReadToEndAsync();
        client.End.ShouldBe(WireEnd.Reset);
        over.Release();
    }

    private static Func<AppConnection, Task> Opens(TaskCompletionSource<AppConnection> opened, SemaphoreSlim over) => async connection =>
    {
        await connection.ReadRequestAsync();
        await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\n");
        opened.SetResult(connection);
        await over.WaitAsync(Patience.Long);
    };
}

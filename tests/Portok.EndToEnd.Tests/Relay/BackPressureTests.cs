using System.Globalization;

namespace Portok.EndToEnd.Tests.Relay;

/// <summary>A slow reader on one side stops the reading on the other; memory stays bounded. Nothing is left behind by who goes away.</summary>
public sealed class BackPressureTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    private const long Plenty = 400_000_000;
    private const long MostInTransit = 40_000_000;
    private const long MostUnread = 8_000_000;
    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task Client_NeverReads_AppIsStoppedAndMemoryStaysBounded()
    {
        var sent = new TaskCompletionSource<long>();
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {Plenty}\r\n\r\n"));
            sent.SetResult(await connection.SendUntilStalledAsync(new byte[256 * 1024], Plenty, Stalled));
        });
        await using RawClient client = await portok.ConnectAsync(receiveBuffer: 64 * 1024);
        long before = portok.Daemon.ResidentBytes;
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        // Most of it is the app's own send buffer: Portok bounds what the kernel keeps on its sides.
        (await sent.Task.WaitAsync(Patience.Long)).ShouldBeLessThan(MostUnread);
        (portok.Daemon.ResidentBytes - before).ShouldBeLessThan(16_000_000);
    }

    [Fact]
    public async Task App_NeverReads_ClientIsStoppedAndMemoryStaysBounded()
    {
        var end = new TaskCompletionSource();
        await using ScriptedApp app = await portok.BehindAsync(_ => end.Task, new ScriptedAppOptions { ReceiveBuffer = 64 * 1024 });
        await using RawClient client = await portok.ConnectAsync();
        long before = portok.Daemon.ResidentBytes;
        await client.SendAsync(string.Create(CultureInfo.InvariantCulture, $"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {Plenty}\r\n\r\n"));
        long sent = await client.SendUntilStalledAsync(new byte[256 * 1024], Plenty, Stalled);
        long grown = portok.Daemon.ResidentBytes - before;
        end.SetResult();
        sent.ShouldBeLessThan(MostInTransit);
        grown.ShouldBeLessThan(16_000_000);
    }

    [Fact]
    public async Task Client_ReadsSlowly_GetsEveryByte()
    {
        const int size = 8_000_000;
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n");
            await connection.SendAsync(Pattern.Bytes(size));
            await connection.StallAsync();
        });
        await using RawClient client = await portok.ConnectAsync(receiveBuffer: 32 * 1024, keepAll: false);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.ReadHeadAsync();
        for (int at = 0; at < size; at += 200_000)
        {
            Pattern.FirstFault(await client.ReadExactlyAsync(200_000), at).ShouldBe(-1);
            await Task.Delay(5);
        }
    }

    [Fact]
    public async Task Others_BesideANeverReadingClient_AreServedAsEver()
    {
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            while (await connection.HasMoreAsync())
            {
                WireMessage request = await connection.ReadRequestAsync();
                if (request.Target is "/flood")
                    await connection.SendAsync((byte[])[.. Latin1.Bytes("HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n"), .. new byte[50_000_000]]);
                else
                    await connection.SendAsync(Scripts.Ok("quick"));
            }
        });
        RawClient[] flooded = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => portok.ConnectAsync(receiveBuffer: 16 * 1024)));
        foreach (RawClient client in flooded)
            await client.SendAsync("GET /flood HTTP/1.1\r\nHost: a\r\n\r\n");
        await app.ConnectionAsync(flooded.Length - 1);
        await using RawClient other = await portok.ConnectAsync();
        other.Wait = TimeSpan.FromSeconds(3);
        for (int turn = 0; turn < 100; turn++)
            (await other.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("quick");
        foreach (RawClient client in flooded)
            client.Reset();
    }

    [Fact]
    public async Task Aborted_InAllStates_LeaveDescriptorsAsTheyWere()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Stall("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
        string[] unfinished =
        [
            "",
            "GET / HT",
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhalf",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha",
            "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n",
        ];
        await AbortAsync(unfinished, rounds: 5);
        await Poll.UntilAsync(() => app.OpenNow == 0, what: "the app's connections to end");
        int before = portok.Daemon.OpenDescriptors;
        await AbortAsync(unfinished, rounds: 300);
        await Poll.UntilAsync(() => app.OpenNow == 0, what: "the app's connections to end");
        await Poll.UntilAsync(() => portok.Daemon.OpenDescriptors <= before + 4, what: $"descriptors to come down to {before}, from {portok.Daemon.OpenDescriptors}");
        await Poll.ForAsync(portok.Daemon.Admin.MetricsAsync, metrics => metrics["inflight"].GetInt64() == 0);
    }

    private async Task AbortAsync(string[] unfinished, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            foreach (string bytes in unfinished)
            {
                RawClient client = await portok.ConnectAsync();
                await client.SendAsync(bytes);
                if (round % 2 == 0)
                    client.Reset();
                else
                    client.Close();
            }
        }
    }
}

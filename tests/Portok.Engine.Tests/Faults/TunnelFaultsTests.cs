using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults;

/// <summary>A tunnel whose one side ends at each byte of a message, drips it, or says nothing at all.</summary>
public sealed class TunnelFaultsTests
{
    private const string Plain = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\n";
    private const string PlainAnswer = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\n";

    public static TheoryData<bool, bool> Sides => new() { { true, true }, { true, false }, { false, true }, { false, false } };

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Fin_AtEachByteOfAMessage_BytesAndFinArrive_AndTheOtherDirectionGoesOn(bool webSocket, bool byClient)
    {
        byte[] message = Message(webSocket, byClient);
        await EachAsync(webSocket, byClient, message.Length, async (cut, from, to) =>
        {
            await from.SendAsync(message.AsMemory(0, cut));
            from.HalfClose();
            (await to.ReadToEndAsync()).ShouldBe(message[..cut]);
            to.End.ShouldBe(WireEnd.Closed);
            byte[] back = Message(webSocket, !byClient);
            await to.SendAsync(back);
            (await from.ReadExactlyAsync(back.Length)).ShouldBe(back);
            to.HalfClose();
            (await from.ReadToEndAsync()).ShouldBeEmpty();
            from.End.ShouldBe(WireEnd.Closed);
        });
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Reset_AtEachByteOfAMessage_IsPassedOnAsReset(bool webSocket, bool byClient)
    {
        byte[] message = Message(webSocket, byClient);
        await EachAsync(webSocket, byClient, message.Length, async (cut, from, to) =>
        {
            await from.SendAsync(message.AsMemory(0, cut));
            (await to.ReadExactlyAsync(cut)).ShouldBe(message[..cut]);
            from.Reset();
            (await to.ReadToEndAsync()).ShouldBeEmpty();
            to.End.ShouldBe(WireEnd.Reset);
        });
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Drip_OneByteAtATime_ArrivesAsItIs(bool webSocket, bool byClient)
    {
        byte[] message = Message(webSocket, byClient);
        await EachAsync(webSocket, byClient, 0, async (_, from, to) =>
        {
            await from.DripAsync(Latin1.Text(message));
            (await to.ReadExactlyAsync(message.Length)).ShouldBe(message);
        });
    }

    [Fact]
    public async Task Stall_OfBothSides_NoTimerEndsATunnel()
    {
        var limits = new EngineLimits { UpstreamResponseTimeoutMs = 200, ClientIdleTimeoutMs = 200, ServerKeepAliveTimeoutMs = 200, ServerHeadersTimeoutMs = 200 };
        await EachAsync(webSocket: true, byClient: true, 0, async (_, from, to) =>
        {
            await from.SendAsync(WebSocketWire.MaskedFrame(5).AsMemory(0, 7));
            (await to.ReadExactlyAsync(7)).Length.ShouldBe(7);
        }, limits, timers: 0);
    }

    /// <summary>Opens a tunnel for each number up to the given one, beside a bystander, and looks that each is given back.</summary>
    private static async Task EachAsync(bool webSocket, bool byClient, int most, Func<int, WireSocket, WireSocket, Task> fault, EngineLimits? limits = null, int? timers = null)
    {
        var opened = System.Threading.Channels.Channel.CreateUnbounded<AppConnection>();
        using var over = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(
            async connection =>
            {
                while (await connection.HasMoreAsync())
                {
                    WireMessage request = await connection.ReadRequestAsync();
                    if (FaultyApp.IsSteady(request))
                    {
                        await connection.SendAsync(Scripts.Ok(request.Target));
                        continue;
                    }

                    await connection.SendAsync(webSocket ? WebSocketWire.Response : PlainAnswer);
                    await opened.Writer.WriteAsync(connection);
                    await over.WaitAsync(Patience.Long);
                    return;
                }
            },
            new ScriptedAppOptions { HealthPath = null });
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Limits = limits ?? new EngineLimits() });
        // A timer of nobody but the tunnel's is to be seen: no bystander then.
        await using Bystander? bystander = timers is null ? await Bystander.StartAsync(engine) : null;
        for (int cut = 0; cut <= most; cut++)
        {
            await using RawClient client = await engine.ConnectAsync();
            await client.SendAsync(webSocket ? WebSocketWire.Request : Plain);
            (await client.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 101 ");
            AppConnection connection = await opened.Reader.ReadAsync().AsTask().WaitAsync(Patience.Normal);
            await (byClient ? fault(cut, client, connection) : fault(cut, connection, client));
            // Deadlines of before are looked at when they would have been due, and found to be none.
            if (timers is { } expected) await Poll.ForAsync(() => engine.OnReactorsAsync(r => r.Timers.Count), counts => counts.Sum() == expected);
            engine.Counters.TunnelsOpen.ShouldBeLessThanOrEqualTo(1);
            over.Release();
        }

        if (bystander is not null) await bystander.FlowsAsync();
        await Poll.UntilAsync(() => engine.Counters.TunnelsOpen == 0);
    }

    private static byte[] Message(bool webSocket, bool byClient)
        => !webSocket ? Pattern.Bytes(12) : byClient ? WebSocketWire.MaskedFrame(6) : WebSocketWire.Frame(10);
}

using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Tunnels;

/// <summary>A tunnel that Portok ends: 1001 both ways at a frame boundary, or a FIN where there are no frames.</summary>
public sealed class TunnelEndingTests
{
    [Fact]
    public async Task EndTunnels_QuietWebSocket_BothSidesGet1001AndThenFin()
    {
        using var stage = new Stage();
        await using ScriptedApp app = stage.App();
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await Stage.OpenAsync(engine);
        engine.Engine.EndTunnels(app.Port, TimeSpan.Zero);

        (await client.ReadExactlyAsync(4)).ShouldBe(WebSocketWire.GoingAway);
        (await WebSocketWire.ReadMaskedCloseAsync(await stage.Connection)).ShouldBe(1001);
        // Each says goodbye and gets its FIN.
        await client.SendAsync(WebSocketWire.MaskedGoingAway);
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        client.End.ShouldBe(WireEnd.Closed);
        await (await stage.Connection).SendAsync(WebSocketWire.GoingAway);
        (await (await stage.Connection).ReadToEndAsync()).ShouldBeEmpty();
        stage.Finish();
        engine.Counters.CutTunnels.ShouldBe(0);
    }

    [Fact]
    public async Task EndTunnels_MaskingKeys_AreAllDifferent()
    {
        // RFC 6455 5.3: from a strong source, for each frame anew. All four bytes are used: of 8 keys not all begin alike.
        var keys = new List<string>();
        for (int turn = 0; turn < 8; turn++)
        {
            using var stage = new Stage();
            await using ScriptedApp app = stage.App();
            await using RunningEngine engine = RunningEngine.Start(app.Port);
            await using RawClient client = await Stage.OpenAsync(engine);
            engine.Engine.EndTunnels(app.Port, TimeSpan.Zero);
            byte[] frame = await (await stage.Connection).ReadExactlyAsync(8);
            keys.Add(Convert.ToHexString(frame.AsSpan(2, 4)));
            stage.Finish();
        }

        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(8);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EndTunnels_FrameInTransit_IsFinishedFirst(bool fromApp)
    {
        using var stage = new Stage();
        await using ScriptedApp app = stage.App();
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await Stage.OpenAsync(engine);
        AppConnection connection = await stage.Connection;
        byte[] frame = fromApp ? WebSocketWire.Frame(3000) : WebSocketWire.MaskedFrame(3000);
        WireSocket from = fromApp ? connection : client, to = fromApp ? client : connection;
        await from.SendAsync(frame.AsMemory(0, 1000));
        (await to.ReadExactlyAsync(1000)).ShouldBe(frame[..1000]);

        engine.Engine.EndTunnels(app.Port, TimeSpan.Zero);
        // The other direction is at a boundary: its close frame comes at once, this one's does not.
        if (fromApp) (await WebSocketWire.ReadMaskedCloseAsync(connection)).ShouldBe(1001);
        else (await client.ReadExactlyAsync(4)).ShouldBe(WebSocketWire.GoingAway);
        // A frame that begins behind the one under way is dropped: nothing may follow a close frame.
        byte[] next = fromApp ? WebSocketWire.Frame(50) : WebSocketWire.MaskedFrame(50);
        await from.SendAsync((byte[])[.. frame[1000..], .. next]);
        (await to.ReadExactlyAsync(frame.Length - 1000)).ShouldBe(frame[1000..]);
        if (fromApp) (await client.ReadExactlyAsync(4)).ShouldBe(WebSocketWire.GoingAway);
        else (await WebSocketWire.ReadMaskedCloseAsync(connection)).ShouldBe(1001);

        await client.SendAsync(WebSocketWire.MaskedGoingAway);
        await connection.SendAsync(WebSocketWire.GoingAway);
        (await to.ReadToEndAsync()).ShouldBeEmpty();
        stage.Finish();
    }

    [Fact]
    public async Task EndTunnels_PeersThatNeverSayGoodbye_AreClosedSoonAllTheSame()
    {
        using var stage = new Stage();
        await using ScriptedApp app = stage.App();
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await Stage.OpenAsync(engine);
        engine.Engine.EndTunnels(app.Port, TimeSpan.FromMilliseconds(50));
        (await client.ReadToEndAsync()).ShouldBe(WebSocketWire.GoingAway);
        await (await stage.Connection).ReadToEndAsync();
        await Poll.UntilAsync(() => engine.Counters.TunnelsOpen == 0);
        engine.Counters.CutTunnels.ShouldBe(0);
        stage.Finish();
    }

    [Fact]
    public async Task EndTunnels_ManyWithinASpread_AllGet1001()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.UpgradeAndEcho("websocket"));
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Reactors = 2 });
        var clients = new List<RawClient>();
        for (int i = 0; i < 40; i++)
        {
            RawClient client = await engine.ConnectAsync();
            await client.SendAsync(WebSocketWire.Request);
            await client.ReadHeadAsync();
            clients.Add(client);
        }

        engine.Engine.WorkOn(app.Port).ShouldBe((0, 40));
        engine.Engine.EndTunnels(app.Port, TimeSpan.FromMilliseconds(300));
        foreach (RawClient client in clients)
        {
            (await client.ReadExactlyAsync(4)).ShouldBe(WebSocketWire.GoingAway);
            await client.DisposeAsync();
        }

        await Poll.UntilAsync(() => engine.Engine.WorkOn(app.Port) == (0, 0));
    }

    [Fact]
    public async Task EndTunnels_OtherProtocol_BothSidesGetFin_AndWhatComesLaterDoesNotResetThem()
    {
        using var stage = new Stage("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\n");
        await using ScriptedApp app = stage.App();
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await Stage.OpenAsync(engine, "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\n");
        AppConnection connection = await stage.Connection;
        await connection.SendAsync("before");
        engine.Engine.EndTunnels(app.Port, TimeSpan.Zero);

        (await connection.ReadToEndAsync()).ShouldBeEmpty();
        connection.End.ShouldBe(WireEnd.Closed);
        await connection.SendAsync("after my FIN");
        stage.Finish();
        Latin1.Text(await client.ReadToEndAsync()).ShouldBe("before");
        client.End.ShouldBe(WireEnd.Closed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EndTunnels_OtherProtocol_BytesBehindTheFin_AreDroppedAndResetNobody(bool byClient)
    {
        using var stage = new Stage("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\n");
        await using ScriptedApp app = stage.App();
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await Stage.OpenAsync(engine, "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\n");
        AppConnection connection = await stage.Connection;
        engine.Engine.EndTunnels(app.Port, TimeSpan.Zero);
        WireSocket talker = byClient ? client : connection;
        WireSocket other = byClient ? connection : client;
        (await talker.ReadToEndAsync()).ShouldBeEmpty();
        await talker.SendAsync("behind your FIN");
        // The bytes are with the engine's socket: the reactor's next turn reads them, and the one after is past them.
        await engine.OnReactorsAsync(_ => true);
        await engine.OnReactorsAsync(_ => true);
        engine.Counters.TunnelsOpen.ShouldBe(1);
        talker.HalfClose();
        (await other.ReadToEndAsync()).ShouldBeEmpty();
        other.End.ShouldBe(WireEnd.Closed);
        other.HalfClose();
        stage.Finish();
        await Poll.UntilAsync(() => engine.Counters.TunnelsOpen == 0);
    }

    [Fact]
    public async Task Cut_TunnelOnAnOldPort_IsClosedAndCounted()
    {
        using var stage = new Stage();
        await using ScriptedApp app = stage.App();
        await using ScriptedApp newApp = ScriptedApp.Start(Scripts.Always(Scripts.Ok("new")));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await Stage.OpenAsync(engine);
        engine.Engine.Cut(app.Port);
        await engine.OnReactorsAsync(_ => 0);
        engine.Counters.TunnelsOpen.ShouldBe(1, "the active port is never cut");

        engine.Engine.Route(newApp.Port);
        engine.Engine.WorkOn(app.Port).ShouldBe((0, 1));
        engine.Engine.Cut(app.Port);
        await client.ReadToEndAsync();
        engine.Counters.CutTunnels.ShouldBe(1);
        engine.Counters.TunnelsOpen.ShouldBe(0);
        stage.Finish();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reset_OfOneSide_IsPassedOnAsReset(bool byClient)
    {
        using var stage = new Stage();
        await using ScriptedApp app = stage.App();
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await Stage.OpenAsync(engine);
        AppConnection connection = await stage.Connection;
        WireSocket from = byClient ? client : connection, to = byClient ? connection : client;
        from.Reset();
        await to.ReadToEndAsync();
        to.End.ShouldBe(WireEnd.Reset);
        stage.Finish();
    }

    [Fact]
    public async Task Reset_OfAClientWhoseAppDoesNotRead_IsPassedOnAllTheSame()
    {
        using var stage = new Stage();
        await using ScriptedApp app = stage.App();
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await Stage.OpenAsync(engine);
        await client.SendUntilStalledAsync(WebSocketWire.MaskedFrame(60_000), 200_000_000, TimeSpan.FromMilliseconds(300));
        client.Reset();
        await Poll.UntilAsync(() => engine.Counters.TunnelsOpen == 0);
        stage.Finish();
    }

    [Fact]
    public async Task Fin_OfOneSide_OtherDirectionGoesOn()
    {
        using var stage = new Stage();
        await using ScriptedApp app = stage.App();
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await Stage.OpenAsync(engine);
        AppConnection connection = await stage.Connection;
        client.HalfClose();
        (await connection.ReadToEndAsync()).ShouldBeEmpty();
        await connection.SendAsync("still here");
        stage.Finish();
        Latin1.Text(await client.ReadToEndAsync()).ShouldBe("still here");
        client.End.ShouldBe(WireEnd.Closed);
    }

    /// <summary>An app that has switched protocols and then does what the test says, until it is finished.</summary>
    private sealed class Stage(string response = WebSocketWire.Response) : IDisposable
    {
        private readonly TaskCompletionSource<AppConnection> _connection = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<AppConnection> Connection => _connection.Task.WaitAsync(Patience.Normal);

        internal ScriptedApp App() => ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(response);
            _connection.TrySetResult(connection);
            await _finished.Task.WaitAsync(Patience.Long);
        });

        internal static async Task<RawClient> OpenAsync(RunningEngine engine, string request = WebSocketWire.Request)
        {
            RawClient client = await engine.ConnectAsync();
            await client.SendAsync(request);
            (await client.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 101 ");
            return client;
        }

        // A test that fails must not leave its app waiting.
        public void Dispose() => Finish();

        internal void Finish() => _finished.TrySetResult();
    }
}

using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Upstreams;

/// <summary>Connections to the app get a large receive buffer when a client takes a large answer as fast as it comes.</summary>
public sealed class WideConnectionTests
{
    private static readonly string Large = Scripts.Ok(new string('x', 1024 * 1024));

    [Fact]
    public async Task LargeAnswers_ReadAtOnce_TheirConnectionIsWidenedOnce()
    {
        var calls = new ScriptedSocketCalls();
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Large));
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        await using RawClient client = await engine.ConnectAsync();
        for (int i = 0; i < 5; i++) (await client.AskAsync(Conversations.Get("/"))).Text.Length.ShouldBe(1024 * 1024);
        calls.Widened.Count.ShouldBe(1);
        app.Connections.Count.ShouldBe(1);
    }

    [Fact]
    public async Task SmallAnswers_HoweverMany_WidenNothing()
    {
        var calls = new ScriptedSocketCalls();
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok(new string('x', 64 * 1024))));
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        await using RawClient client = await engine.ConnectAsync();
        for (int i = 0; i < 20; i++) (await client.AskAsync(Conversations.Get("/"))).Status.ShouldBe(200);
        calls.Widened.ShouldBeEmpty();
    }

    [Fact]
    public async Task ClientThatReadsNothing_WidensNothing()
    {
        var calls = new ScriptedSocketCalls();
        // Far more than all the buffers on the way take.
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok(new string('x', 16 * 1024 * 1024))));
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        await using RawClient client = await engine.ConnectAsync(receiveBuffer: 4096);
        await client.SendAsync(Conversations.Get("/"));
        await Poll.UntilAsync(async () => (await engine.OnReactorsAsync(r => r.Connections.All().Any(c => !c.Unsent.IsEmpty)))[0]);
        calls.Widened.ShouldBeEmpty();
        client.Reset();
    }

    [Fact]
    public async Task PlacesOfWideConnections_AreFew_AndComeBackWhenTheyClose()
    {
        const int places = 64;
        var calls = new ScriptedSocketCalls();
        using var go = new SemaphoreSlim(0);
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(Large);
            await go.WaitAsync(Patience.Long);
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        await engine.OnReactorsAsync(reactor => reactor.WideUpstreams = places - 1);
        await using RawClient last = await engine.ConnectAsync();
        (await last.AskAsync(Conversations.Get("/"))).Status.ShouldBe(200);
        (await engine.OnReactorsAsync(r => r.WideUpstreams)).ShouldBe([places]);
        go.Release(1);
        await Poll.UntilAsync(() => engine.Counters.UpstreamConnectionsOpen == 0);
        (await engine.OnReactorsAsync(r => r.WideUpstreams)).ShouldBe([places - 1]);
        await engine.OnReactorsAsync(reactor => reactor.WideUpstreams = places);
        (await last.AskAsync(Conversations.Get("/"))).Status.ShouldBe(200);
        calls.Widened.Count.ShouldBe(1);
        go.Release(1);
        await Poll.UntilAsync(() => engine.Counters.UpstreamConnectionsOpen == 0);
    }
}

using Portok.Engine.Tests.Support;
using Portok.Linux;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Reactors;

/// <summary>More clients than there are descriptors for (<see cref="EngineOptions.FreeDescriptors"/>).</summary>
public sealed class RefuseTests
{
    private const int Free = 120;

    [Fact]
    public async Task MoreClientsThanPlaces_EstablishedOnesAreServed_OthersAreTold503_AndLaterOnesAreServedAgain()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { FreeDescriptors = Free });
        int places = engine.Engine.Shared.Budget.Left;
        RawClient[] established = await ConnectAsync(engine, places);
        foreach (RawClient client in established) (await client.AskAsync(Conversations.Get("/"))).Status.ShouldBe(200);

        for (int i = 0; i < 40; i++)
        {
            await using RawClient refused = await engine.ConnectAsync();
            WireMessage answer = await refused.AskAsync(Conversations.Get("/"));
            answer.Status.ShouldBe(503);
            answer.HasToken("Connection", "close").ShouldBeTrue();
            answer.Text.ShouldNotBeEmpty();
            (await refused.ReadToEndAsync()).ShouldBeEmpty();
            refused.End.ShouldBe(WireEnd.Closed);
        }

        // All at once: what they need towards the app is not to be had by clients.
        WireMessage[] answers = await Task.WhenAll(established.Select(client => client.AskAsync(Conversations.Get("/again"))));
        answers.ShouldAllBe(answer => answer.Status == 200);
        await established[0].DisposeAsync();
        await Poll.UntilAsync(() => engine.Engine.Shared.Budget.Left > 0);
        (await engine.AskOnceAsync(Conversations.Get("/"))).Status.ShouldBe(200);
        foreach (RawClient client in established) await client.DisposeAsync();
        await Poll.UntilAsync(() => engine.Engine.Shared.Budget.Left == places, what: "every place to be given back");
    }

    [Fact]
    public async Task RefusedClientsThatSayNothing_AreTold503_AndDoNotHoldUpThoseBehindThem()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { FreeDescriptors = Free });
        int places = engine.Engine.Shared.Budget.Left, refusals = engine.Engine.Shared.Budget.Refusals;
        RawClient[] established = await ConnectAsync(engine, places);
        await Poll.UntilAsync(() => engine.Engine.Shared.Budget.Left == 0);
        RawClient[] silent = await ConnectAsync(engine, 3 * refusals);
        (await engine.AskOnceAsync(Conversations.Get("/"))).Status.ShouldBe(503);
        foreach (RawClient client in silent) (await client.ReadResponseAsync()).Status.ShouldBe(503);
        foreach (RawClient client in established.Concat(silent)) await client.DisposeAsync();
    }

    [Fact]
    public async Task RefusedClientThatCannotBeWatched_LeavesNoDeadlineBehind_AndTheNextIsToldAgain()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { FreeDescriptors = Free }, calls);
        RawClient[] established = await ConnectAsync(engine, engine.Engine.Shared.Budget.Left);
        await Poll.UntilAsync(() => engine.Engine.Shared.Budget.Left == 0);
        int before = (await engine.OnReactorsAsync(r => r.Timers.Count)).Sum();
        await engine.OnReactorsAsync(_ => calls.OnWatch = _ => SysResult.Failure(Errno.NoSpace));
        await using (RawClient client = await engine.ConnectAsync()) await client.ReadToEndAsync();
        // A deadline left behind would close the descriptor's next owner.
        (await engine.OnReactorsAsync(r => r.Timers.Count)).Sum().ShouldBe(before);
        calls.OnWatch = null;
        (await engine.AskOnceAsync(Conversations.Get("/"))).Status.ShouldBe(503);
        foreach (RawClient client in established) await client.DisposeAsync();
    }

    [Fact]
    public async Task Upgrade_NoPlaceForItsConnectionToTheApp_IsTold503_AndRequestsGoOn()
    {
        const string upgrade = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await using ScriptedApp app = ScriptedApp.Start(Scripts.UpgradeAndEcho("websocket"));
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { FreeDescriptors = Free });
        int places = engine.Engine.Shared.Budget.Left;
        RawClient[] clients = await ConnectAsync(engine, places - 2);
        foreach (RawClient client in clients.Take(2))
        {
            await client.SendAsync(upgrade);
            (await client.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 101");
        }

        (await clients[2].AskAsync(upgrade)).Status.ShouldBe(503);
        engine.Engine.Shared.Budget.Left.ShouldBe(0);
        foreach (RawClient client in clients) await client.DisposeAsync();
        await Poll.UntilAsync(() => engine.Engine.Shared.Budget.Left == places, what: "every place to be given back");
    }

    private static Task<RawClient[]> ConnectAsync(RunningEngine engine, int count)
        => Task.WhenAll(Enumerable.Range(0, count).Select(_ => engine.ConnectAsync()));
}

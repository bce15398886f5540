using Portok.Engine.Tests.Support;
using Portok.Linux;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Reactors;

public sealed class AcceptTests
{
    [Fact]
    public async Task NoDescriptorsLeft_ClientIsTold503AndFin_AndLaterOnesAreServed()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        int call = 0;
        bool full = true;
        // Every other call: the first finds no descriptor, the second is made with the spare one given up.
        var calls = new ScriptedSocketCalls { OnAccept = () => Volatile.Read(ref full) && call++ % 2 == 0 ? SysResult.Failure(Errno.TooManyFiles) : null };
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        for (int i = 0; i < 5; i++)
        {
            // The request is with the kernel before anybody looks: the usual case, and the one where a plain close would reset.
            var asked = new TaskCompletionSource();
            calls.BeforeAccept = () => asked.Task.Wait(Patience.Normal);
            await using RawClient refused = await engine.ConnectAsync();
            await refused.SendAsync(Conversations.Get("/"));
            asked.SetResult();
            WireMessage answer = await refused.ReadResponseAsync();
            answer.Status.ShouldBe(503);
            answer.HasToken("Connection", "close").ShouldBeTrue();
            // A reset could overtake the answer on a longer way than this one.
            (await refused.ReadToEndAsync()).ShouldBeEmpty();
            refused.End.ShouldBe(WireEnd.Closed);
        }

        calls.BeforeAccept = null;
        Volatile.Write(ref full, false);
        (await engine.AskOnceAsync(Conversations.Get("/"))).Text.ShouldBe("well");
        engine.Counters.TotalProxyErrors.ShouldBe(5);
    }

    [Fact]
    public async Task Accept_ABurstOfKeptAliveConnections_IsSharedOutEvenly()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Reactors = 3 });
        RawClient[] clients = await Task.WhenAll(Enumerable.Range(0, 90).Select(_ => engine.ConnectAsync()));
        await Task.WhenAll(clients.Select(client => client.AskAsync(Conversations.Get("/"))));
        long[] open = [.. engine.Engine.Shared.Reactors.Select(reactor => reactor.ClientLoad)];
        open.Sum().ShouldBe(90);
        (open.Max() - open.Min()).ShouldBeLessThanOrEqualTo(10, string.Join(", ", open));
        foreach (RawClient client in clients) await client.DisposeAsync();
    }

    [Theory]
    [InlineData(Errno.TooManyFiles)]
    [InlineData(Errno.NoMemory)]
    [InlineData(Errno.NoBuffers)]
    public async Task Accept_FailsForAWhile_PausesAndGoesOn(Errno error)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        int failures = 0;
        var calls = new ScriptedSocketCalls { OnAccept = () => ++failures <= 4 ? SysResult.Failure(error) : null };
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        (await engine.AskOnceAsync(Conversations.Get("/"))).Text.ShouldBe("well");
        // It paused instead of spinning: nobody asks 10 times in the meantime.
        failures.ShouldBeInRange(5, 10);
    }

    [Fact]
    public async Task Accept_ConnectionGoneBeforeItWasTaken_TheNextIsServed()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        int aborted = 0;
        var calls = new ScriptedSocketCalls { OnAccept = () => ++aborted <= 3 ? SysResult.Failure(Errno.ConnectionAborted) : null };
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        (await engine.AskOnceAsync(Conversations.Get("/"))).Text.ShouldBe("well");
    }

    [Fact]
    public async Task Watch_OfAClientFails_ClosesItAndServesTheNext()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        // Set by the reactor itself: it watches its listening socket by then.
        await engine.OnReactorsAsync(_ => calls.OnWatch = _ => SysResult.Failure(Errno.NoSpace));
        await using (RawClient client = await engine.ConnectAsync()) await client.ReadToEndAsync();
        // A deadline left behind would close the descriptor's next owner.
        (await engine.OnReactorsAsync(r => r.Timers.Count)).ShouldAllBe(left => left == 0);
        calls.OnWatch = null;
        (await engine.AskOnceAsync(Conversations.Get("/"))).Text.ShouldBe("well");
    }

    [Fact]
    public async Task Watch_OfTheListenerFailsAfterAPause_IsTriedAgain()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        int accepts = 0, watches = 0;
        var calls = new ScriptedSocketCalls { OnAccept = () => ++accepts == 1 ? SysResult.Failure(Errno.NoMemory) : null };
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        await engine.OnReactorsAsync(_ => calls.OnWatch = _ => ++watches <= 2 ? SysResult.Failure(Errno.NoMemory) : null);
        (await engine.AskOnceAsync(Conversations.Get("/"))).Text.ShouldBe("well");
        watches.ShouldBeGreaterThanOrEqualTo(3);
    }
}

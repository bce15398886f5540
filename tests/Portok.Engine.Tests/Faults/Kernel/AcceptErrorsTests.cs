using System.Diagnostics;
using Portok.Engine.Tests.Support;
using Portok.Linux;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults.Kernel;

/// <summary>accept(2) that fails, for a while or again and again, beside a connection that stands.</summary>
public sealed class AcceptErrorsTests
{
    [Theory]
    [InlineData(Errno.TooManyFiles)]
    [InlineData(Errno.TooManyFilesInSystem)]
    [InlineData(Errno.NoBuffers)]
    [InlineData(Errno.NoMemory)]
    [InlineData(Errno.Perm)]
    [InlineData(Errno.Access)]
    [InlineData(Errno.Protocol)]
    public async Task Accept_FailsOverAndOver_PausesInsteadOfSpinning_AndWhoWaitedIsServed(Errno error)
    {
        const int most = 20;
        await using ScriptedApp app = FaultyApp.Start((_, _, _) => Task.CompletedTask);
        int failures = 0, failing = 0;
        var calls = new ScriptedSocketCalls
        {
            OnAccept = () => Volatile.Read(ref failing) == 1 && Interlocked.Increment(ref failures) > 0 ? SysResult.Failure(error) : null,
        };
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        await using (Bystander bystander = await Bystander.StartAsync(engine))
        {
            Volatile.Write(ref failing, 1);
            await using RawClient client = await engine.ConnectAsync();
            long start = Stopwatch.GetTimestamp();
            await client.SendAsync(Conversations.Get(FaultyApp.Steady));
            await Poll.UntilAsync(() => Volatile.Read(ref failures) >= most);
            // A pause of 100 ms after at most eight: two of them at least. Without, it takes microseconds.
            Stopwatch.GetElapsedTime(start).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(150));
            await bystander.FlowsAsync();
            Volatile.Write(ref failing, 0);
            (await client.ReadResponseAsync()).Status.ShouldBe(200);
        }
    }

    [Theory]
    [InlineData(Errno.ConnectionAborted)]
    [InlineData(Errno.Protocol)]
    [InlineData(Errno.Perm)]
    [InlineData(Errno.Again)]
    [InlineData(Errno.TooManyFilesInSystem)]
    public async Task Accept_FailsOnce_TheNextIsServed(Errno error)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        int accepts = 0;
        var calls = new ScriptedSocketCalls { OnAccept = () => Interlocked.Increment(ref accepts) == 1 ? SysResult.Failure(error) : null };
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        WireMessage answer = await engine.AskOnceAsync(Conversations.Get("/"));
        // Without a descriptor the spare one is given up to say so.
        answer.Status.ShouldBe(error == Errno.TooManyFilesInSystem ? 503 : 200);
    }

    [Fact]
    public async Task Exception_WhileAClientIsRefused_EndsThatConnectionOnly()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { FreeDescriptors = 12 }, calls);
        engine.FaultsExpected = true;
        int places = engine.Engine.Shared.Budget.Left;
        RawClient[] established = await Task.WhenAll(Enumerable.Range(0, places).Select(_ => engine.ConnectAsync()));
        foreach (RawClient client in established) (await client.AskAsync(Conversations.Get("/"))).Status.ShouldBe(200);

        calls.OnSend = (_, _) => throw new InvalidOperationException("made up");
        await using (RawClient refused = await engine.ConnectAsync()) await refused.ReadToEndAsync();
        calls.OnSend = null;
        foreach (RawClient client in established)
        {
            (await client.AskAsync(Conversations.Get("/"))).Status.ShouldBe(200);
            await client.DisposeAsync();
        }

        engine.Faults.ShouldNotBeEmpty();
    }
}

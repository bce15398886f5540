using Portok.Engine.Tests.Support;
using Portok.Linux;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Relay;

/// <summary>System calls that fail: only the connection concerned feels it, and everything is given back.</summary>
public sealed class FaultTests
{
    public static TheoryData<string> Names => [.. Conversations.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Reset_AtEachCall_EndsOnlyThatConversation(string name)
    {
        Conversation conversation = Conversations.All.Single(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        for (int at = 0; at < 10; at++)
        {
            int calls = 0;
            var broken = new HashSet<int>();
            SysResult? Script(int fd) => broken.Contains(fd) || (calls++ == at && broken.Add(fd)) ? SysResult.Failure(Errno.ConnectionReset) : null;
            var script = new ScriptedSocketCalls { OnReceive = Script, OnSend = (fd, _) => Script(fd), OnClose = fd => broken.Remove(fd) };
            // The app closes at the end of the stream: what it reads beyond what was asked for does not matter.
            await using ScriptedApp app = ScriptedApp.Start(conversation.App, new ScriptedAppOptions { HealthPath = null });
            await using RunningEngine engine = RunningEngine.Start(app.Port, calls: script);
            await using (RawClient client = await engine.ConnectAsync())
            {
                try
                {
                    await conversation.Client(client);
                }
                catch (WireException fault) when (!fault.Message.Contains("in vain", StringComparison.Ordinal))
                {
                    // Cut off: that is what a reset does. Waiting in vain is not.
                }
                catch (WireException fault) when (client.ReceivedCount > 0)
                {
                    // An answer of Portok's own takes the place of the three that were wanted, and the connection lives on.
                    Latin1.Text(client.Received).ShouldContain("HTTP/1.1 50", customMessage: $"call {at}: {fault.Message}");
                }
            }

            await engine.QuietAsync();
            script.OnReceive = null;
            script.OnSend = null;
            (await engine.AskOnceAsync("BAD\r\n\r\n")).Status.ShouldBe(400);
        }
    }

    [Theory]
    [InlineData(Errno.AddressNotAvailable, 503)]
    [InlineData(Errno.TooManyFiles, 503)]
    [InlineData(Errno.NoBuffers, 503)]
    [InlineData(Errno.ConnectionRefused, 502)]
    [InlineData(Errno.TimedOut, 504)]
    public async Task Connect_Fails_IsToldToThatRequestOnly(Errno error, int status)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        var calls = new ScriptedSocketCalls { OnConnect = () => SysResult.Failure(error) };
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        await using RawClient client = await engine.ConnectAsync();

        WireMessage refused = await client.AskAsync(Conversations.Get("/"));
        refused.Status.ShouldBe(status);
        refused.Has("Proxy-Status").ShouldBeTrue();

        calls.OnConnect = null;
        (await client.AskAsync(Conversations.Get("/"))).Text.ShouldBe("well");
        engine.Counters.TotalProxyErrors.ShouldBe(1);
    }

    [Fact]
    public async Task Connect_FailsAgainAndAgain_LosesNoPermit()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        var calls = new ScriptedSocketCalls { OnConnect = () => SysResult.Failure(Errno.AddressNotAvailable) };
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamMaxSockets = 2 }, calls);
        await using RawClient client = await engine.ConnectAsync();
        for (int i = 0; i < 10; i++) (await client.AskAsync(Conversations.Get("/"))).Status.ShouldBe(503);
        calls.OnConnect = null;
        (await client.AskAsync(Conversations.Get("/"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Watch_OfAnUpstreamConnectionFails_IsToldToThatRequestOnly_AndLosesNoPermit()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        var calls = new ScriptedSocketCalls();
        calls.OnWatch = fd => calls.IsUpstream(fd) ? SysResult.Failure(Errno.NoMemory) : null;
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamMaxSockets = 1 }, calls);
        await using RawClient client = await engine.ConnectAsync();
        for (int i = 0; i < 3; i++) (await client.AskAsync(Conversations.Get("/"))).Status.ShouldBe(503);
        calls.OnWatch = null;
        (await client.AskAsync(Conversations.Get("/"))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exception_InsideAStep_EndsThatConnectionOnlyAndIsReported(bool towardsApp)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        engine.FaultsExpected = true;
        await using RawClient bystander = await engine.ConnectAsync();
        (await bystander.AskAsync(Conversations.Get("/"))).Status.ShouldBe(200);

        calls.OnSend = (fd, _) => calls.IsUpstream(fd) == towardsApp ? throw new InvalidOperationException("made up") : null;
        await using (RawClient client = await engine.ConnectAsync())
        {
            await client.SendAsync(Conversations.Get("/"));
            byte[] rest = await client.ReadToEndAsync();
            // Where an answer was possible there is one.
            if (towardsApp) Latin1.Text(rest).ShouldStartWith("HTTP/1.1 50");
        }

        calls.OnSend = null;
        (await bystander.AskAsync(Conversations.Get("/"))).Status.ShouldBe(200);
        engine.Faults.ShouldNotBeEmpty();
        engine.Faults.ShouldAllBe(fault => fault is InvalidOperationException);
    }

    [Fact]
    public async Task Exception_WhileReadingFromTheApp_EndsThatExchangeOnly()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
        engine.FaultsExpected = true;
        calls.OnReceive = fd => calls.IsUpstream(fd) ? throw new InvalidOperationException("made up") : null;
        await using (RawClient client = await engine.ConnectAsync())
        {
            await client.SendAsync(Conversations.Get("/"));
            Latin1.Text(await client.ReadToEndAsync()).ShouldStartWith("HTTP/1.1 50");
        }

        calls.OnReceive = null;
        (await engine.AskOnceAsync(Conversations.Get("/"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Exception_WhenADeadlineHasPassed_EndsThatConnectionOnly()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        var calls = new ScriptedSocketCalls();
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Limits = new() { ServerHeadersTimeoutMs = 50 } }, calls);
        engine.FaultsExpected = true;
        await using (RawClient client = await engine.ConnectAsync())
        {
            calls.OnSend = (_, _) => throw new InvalidOperationException("made up");
            await client.SendAsync("GET / HT");
            await client.ReadToEndAsync();
        }

        calls.OnSend = null;
        engine.Engine.Apply(new EngineLimits());
        (await engine.AskOnceAsync(Conversations.Get("/"))).Status.ShouldBe(200);
        engine.Faults.ShouldNotBeEmpty();
    }
}

using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests;

public sealed class CounterTests
{
    [Fact]
    public async Task FastPath_LeavesOutStatusesRateAndLatency()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { FastPath = true });
        await engine.AskOnceAsync(Conversations.Get("/"));
        engine.Counters.Statuses.ShouldBeNull();
        engine.Counters.RollingRps60.ShouldBeNull();
        engine.Counters.Latency.ShouldBeNull();
        engine.Counters.TotalRequests.ShouldBe(1);
    }

    [Fact]
    public async Task Counters_AfterSomeTraffic_SayWhatWasAnswered()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Each(r => $"HTTP/1.1 {r.Target[1..]} X\r\nContent-Length: 0\r\n\r\n"));
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Reactors = 2 });
        foreach (int status in new[] { 200, 201, 302, 404, 500, 503 }) (await engine.AskOnceAsync(Conversations.Get($"/{status}"))).Status.ShouldBe(status);
        await engine.QuietAsync();
        EngineReadingShouldBe(engine, requests: 6, statuses: [0, 2, 1, 1, 2]);
        engine.Counters.Latency.ShouldNotBeNull().Max.ShouldBeGreaterThan(0);
        engine.Counters.InflightMax.ShouldBeGreaterThanOrEqualTo(1);
        engine.Counters.ClientConnectionsAccepted.ShouldBe(6);
        engine.Counters.UpstreamConnectionsOpened.ShouldBeInRange(1, 6);
        // Errors of the app's own making are not the proxy's.
        engine.Counters.TotalProxyErrors.ShouldBe(0);
        engine.Counters.Targets.Single().Requests.ShouldBe(6);
        engine.Counters.Reactors.Count.ShouldBe(2);
        engine.Counters.Reactors.Sum(r => r.Requests).ShouldBe(6);
        engine.Counters.Reactors.Sum(r => r.ClientsAccepted).ShouldBe(6);
        engine.Counters.Reactors.Sum(r => r.ClientsOpen).ShouldBe(engine.Counters.ClientConnectionsOpen);
    }

    [Fact]
    public async Task Counters_AppDown_NameTheLastError()
    {
        using var down = new PortOfNobody();
        int port = down.Port;
        await using RunningEngine engine = RunningEngine.Start(port);
        (await engine.AskOnceAsync(Conversations.Get("/"))).Status.ShouldBe(502);
        await engine.QuietAsync();
        engine.Counters.TotalProxyErrors.ShouldBe(1);
        engine.Counters.LastProxyError.ShouldNotBeNull().Kind.ShouldBe("connection_refused");
        engine.Counters.LastProxyError!.Port.ShouldBe(port);
        engine.Counters.Targets.Single().Errors.ShouldBe(1);
        EngineReadingShouldBe(engine, requests: 1, statuses: [0, 0, 0, 0, 1]);
    }

    [Fact]
    public async Task IsAlive_RunningReactors_Answer()
    {
        await using RunningEngine engine = RunningEngine.Start(FreePort.Next(), o => o with { Reactors = 3 });
        engine.Engine.IsAlive(Patience.Normal).ShouldBeTrue();
    }

    private static void EngineReadingShouldBe(RunningEngine engine, long requests, long[] statuses)
    {
        engine.Counters.TotalRequests.ShouldBe(requests);
        engine.Counters.Statuses.ShouldBe(statuses);
    }
}

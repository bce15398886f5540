using System.Diagnostics;
using System.Text.Json;

namespace Portok.EndToEnd.Tests.Rollback;

/// <summary>Inside the window a new version that turns bad leads back to the previous one; never onto a dead port, never to and fro.</summary>
public sealed class RollbackTests : IAsyncLifetime
{
    private ForeignApp? _old;
    private ForeignApp? _next;
    private TempInstance? _instance;
    private PortokDaemon? _daemon;

    private PortokDaemon Daemon => _daemon!;

    public async ValueTask InitializeAsync()
    {
        _old = await ForeignApp.NodeAsync("v1");
        _next = await ForeignApp.NodeAsync("v2");
        (_instance, _daemon) = await TempInstance.StartNewAsync(
            _old.Port,
            ("ROLLBACK_WINDOW_MS", "60000"),
            ("ROLLBACK_CHECK_EVERY_MS", "150"),
            ("ROLLBACK_FAIL_THRESHOLD", "3"),
            ("HEALTH_TIMEOUT_MS", "300"));
        await Daemon.SwitchAsync(_next.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _instance!.DisposeAsync();
        await _next!.DisposeAsync();
        await _old!.DisposeAsync();
    }

    [Fact]
    public async Task Rollback_NewAppKilled_TrafficGoesBack()
    {
        await _next!.KillAsync();
        await IsRolledBackAsync();
    }

    [Fact]
    public async Task Rollback_NewAppAnswers500_TrafficGoesBack()
    {
        await _next!.SetHealthAsync("fail");
        await IsRolledBackAsync();
    }

    [Fact]
    public async Task Rollback_NewAppsProbeHangs_TrafficGoesBack()
    {
        await _next!.SetHealthAsync("hang");
        await IsRolledBackAsync();
    }

    [Fact]
    public async Task Rollback_NewAppStandsStill_TrafficGoesBack()
    {
        _next!.Freeze();
        await IsRolledBackAsync();
        _next.Thaw();
    }

    [Fact]
    public async Task Rollback_PreviousIsDeadToo_StaysSaysSoAndGoesBackOnceItIsWell()
    {
        int port = _old!.Port;
        await _old.KillAsync();
        await _next!.SetHealthAsync("fail");
        await Poll.ForAsync(Daemon.Admin.StatusAsync, status => status["rollback.failures"].GetInt32() >= 6, what: "failures past the threshold");
        (await Daemon.Admin.ActivePortAsync()).ShouldBe(_next.Port);
        await Daemon.SaysAsync("\"level\":\"error\"", $"{port}");
        await using ForeignApp revived = await ForeignApp.NodeAsync("v1", port: port);
        await IsRolledBackAsync();
    }

    [Fact]
    public async Task Rollback_Done_OpensNoWindowOfItsOwn()
    {
        await _next!.SetHealthAsync("fail");
        await IsRolledBackAsync();
        AdminAnswer status = await Daemon.Admin.StatusAsync();
        status["rollback.armedUntil"].ValueKind.ShouldBe(JsonValueKind.Null);
        await _next.SetHealthAsync("ok");
        await _old!.SetHealthAsync("fail");
        await Poll.ForAsync(Daemon.Admin.MetricsAsync, metrics => metrics["health.consecutiveFails"].GetInt32() >= 6, what: "the old one to fail six times");
        (await Daemon.Admin.ActivePortAsync()).ShouldBe(_old.Port, "no flapping");
        (await Daemon.Admin.MetricsAsync())["health.activePortOk"].GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Rollback_FewerFailuresThanTheThreshold_DoesNotHappen()
    {
        for (int turn = 0; turn < 3; turn++)
        {
            await _next!.SetHealthAsync("fail");
            await Poll.ForAsync(Daemon.Admin.StatusAsync, status => status["rollback.failures"].GetInt32() >= 1, what: "one failure");
            await _next.SetHealthAsync("ok");
            AdminAnswer status = await Poll.ForAsync(Daemon.Admin.StatusAsync, answer => answer["rollback.failures"].GetInt32() == 0, what: "the count to be taken back");
            if (status["activePort"].GetInt32() == _old!.Port)
                Assert.Skip("the machine was too slow to make fewer than three failures");
        }

        (await Daemon.Admin.ActivePortAsync()).ShouldBe(_next!.Port);
    }

    [Fact]
    public async Task Window_SurvivesKill9OfTheDaemon()
    {
        AdminAnswer before = await Daemon.Admin.StatusAsync();
        await Daemon.KillAsync();
        PortokDaemon revived = await _instance!.StartAsync();
        AdminAnswer after = await revived.Admin.StatusAsync();
        after["activePort"].GetInt32().ShouldBe(_next!.Port);
        after["rollback.previousPort"].GetInt32().ShouldBe(_old!.Port);
        after["rollback.armedUntil"].GetDateTimeOffset().ShouldBe(before["rollback.armedUntil"].GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        await _next.SetHealthAsync("fail");
        _daemon = revived;
        await IsRolledBackAsync();
    }

    [Fact]
    public async Task Rollback_UnderLoad_IsASwitchLikeAnyOther()
    {
        await using LoadClient load = LoadClient.Start(Daemon.Port, connections: 8, "v2", (_, _) => LoadRequest.Get());
        await load.FlowsAsync(50);
        load.Versions.Begins("v1");
        await _next!.SetHealthAsync("fail");
        await IsRolledBackAsync();
        load.Versions.Acknowledged();
        await load.FlowsAsync(50);
        LoadReport report = await load.StopAsync();
        await Artifacts.WriteAsync(Artifacts.LostRequests, "rollback by a failing health path", report.ToString());
        (report.Failed + report.Wrong).ShouldBe(0, report.ToString());
    }

    private async Task IsRolledBackAsync()
    {
        long start = Stopwatch.GetTimestamp();
        AdminAnswer status = await Poll.ForAsync(Daemon.Admin.StatusAsync, answer => answer["activePort"].GetInt32() == _old!.Port, what: "the rollback");
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        status["lastSwitch.reason"].GetString().ShouldBe("rollback");
        status["lastSwitch.from"].GetInt32().ShouldBe(_next!.Port);
        status["lastSwitch.to"].GetInt32().ShouldBe(_old!.Port);
        (await RawClient.AskOnceAsync(Daemon.Port, "GET /version HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("v1");
    }
}

/// <summary>The window's end.</summary>
public sealed class RollbackWindowEndTests
{
    [Fact]
    public async Task Window_Over_AppTurningBadIsReportedButNotLeft()
    {
        await using ScriptedApp old = ScriptedApp.Start(Scripts.Always(Scripts.Ok("one")));
        await using ScriptedApp next = ScriptedApp.Start(Scripts.Always(Scripts.Ok("two")));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(
            old.Port, ("ROLLBACK_WINDOW_MS", "500"), ("ROLLBACK_CHECK_EVERY_MS", "50"), ("ROLLBACK_FAIL_THRESHOLD", "3"));
        await using TempInstance owned = instance;
        AdminAnswer answer = await daemon.SwitchAsync(next.Port);
        answer.Status.ShouldBe(200);
        await Poll.ForAsync(daemon.Admin.StatusAsync, status => status["rollback.armedUntil"].ValueKind == JsonValueKind.Null, what: "the window's end");
        next.Probe = ProbeAnswer.Failing;
        await Poll.ForAsync(daemon.Admin.MetricsAsync, metrics => metrics["health.consecutiveFails"].GetInt32() >= 6, what: "six failures");
        (await daemon.Admin.ActivePortAsync()).ShouldBe(next.Port);
    }

    [Fact]
    public async Task Window_SecondSwitchInsideIt_GoesBackToTheSecondsOrigin()
    {
        await using ScriptedApp one = ScriptedApp.Start(Scripts.Always(Scripts.Ok("one")));
        await using ScriptedApp two = ScriptedApp.Start(Scripts.Always(Scripts.Ok("two")));
        await using ScriptedApp three = ScriptedApp.Start(Scripts.Always(Scripts.Ok("three")));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(one.Port, ("ROLLBACK_CHECK_EVERY_MS", "50"));
        await using TempInstance owned = instance;
        await daemon.SwitchAsync(two.Port);
        await daemon.SwitchAsync(three.Port);
        three.Probe = ProbeAnswer.Resetting;
        await Poll.ForAsync(daemon.Admin.ActivePortAsync, port => port == two.Port, what: "the rollback to the second");
    }
}

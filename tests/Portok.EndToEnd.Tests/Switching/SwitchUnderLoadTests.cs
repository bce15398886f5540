using System.Diagnostics;
using System.Globalization;

namespace Portok.EndToEnd.Tests.Switching;

/// <summary>No request fails because of a switch, and none begun after its acknowledgement is answered by the old version.</summary>
[Collection(HeavyCollection.Name)]
public sealed class SwitchUnderLoadTests(ITestOutputHelper output)
{
    private const int Connections = 64;

    [Fact]
    public async Task Switch_30TimesBetweenRealApps_LosesNothing()
    {
        await using ForeignApp first = await ForeignApp.AspNetAsync("v1");
        await using ForeignApp second = await ForeignApp.AspNetAsync("v2");
        await SwitchBackAndForthAsync("30 switches between ASP.NET apps", 30, requestsBetween: 100, (first.Port, "v1"), (second.Port, "v2"));
    }

    [Fact]
    public async Task Switch_FromNodeToAspNetAndBack_LosesNothing()
    {
        await using ForeignApp node = await ForeignApp.NodeAsync("v1");
        await using ForeignApp aspNet = await ForeignApp.AspNetAsync("v2");
        await SwitchBackAndForthAsync("10 switches between Node and ASP.NET", 10, requestsBetween: 100, (node.Port, "v1"), (aspNet.Port, "v2"));
    }

    [Fact]
    public async Task Switch_100TimesInARow_LosesNothing()
    {
        // As fast as switches can follow each other, with light apps, so that many fall into the life of one request.
        await using ScriptedApp first = ScriptedApp.Start(Answers("v1"), new ScriptedAppOptions { KeepAll = false });
        await using ScriptedApp second = ScriptedApp.Start(Answers("v2"), new ScriptedAppOptions { KeepAll = false });
        await SwitchBackAndForthAsync("100 switches in a row", 100, requestsBetween: 0, (first.Port, "v1"), (second.Port, "v2"), (_, _) => LoadRequest.Get());
    }

    [Fact]
    public async Task Deploy_NewVersionUpThenSwitchThenOldOneStoppedAfterItsDrain_LosesNothing()
    {
        ForeignApp current = await ForeignApp.AspNetAsync("v0");
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(current.Port, ("DRAIN_MS", "10000"));
        await using TempInstance owned = instance;
        await using LoadClient load = LoadClient.Start(daemon.Port, connections: 16, "v0");
        for (int version = 1; version <= 4; version++)
        {
            await load.FlowsAsync(100);
            string name = string.Create(CultureInfo.InvariantCulture, $"v{version}");
            ForeignApp next = await ForeignApp.AspNetAsync(name);
            await load.SwitchAsync(name, () => daemon.SwitchAsync(next.Port));
            await Poll.ForAsync(daemon.Admin.StatusAsync, status => status["drainUntil"].ValueKind == System.Text.Json.JsonValueKind.Null);
            await current.DisposeAsync();
            current = next;
        }

        await load.FlowsAsync(100);
        await JudgeAsync("4 deploys, each old app stopped when drainUntil was null", await load.StopAsync(), daemon);
        await current.DisposeAsync();
    }

    private async Task SwitchBackAndForthAsync(
        string subject, int switches, int requestsBetween, (int Port, string Version) first, (int Port, string Version) second, Func<Random, int, LoadRequest>? mix = null)
    {
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(first.Port, ("ROLLBACK_CHECK_EVERY_MS", "1000"));
        await using TempInstance owned = instance;
        await using LoadClient load = LoadClient.Start(daemon.Port, Connections, first.Version, mix);
        await load.FlowsAsync(Connections);
        long start = Stopwatch.GetTimestamp();
        for (int number = 1; number <= switches; number++)
        {
            (int port, string version) = number % 2 == 1 ? second : first;
            await load.SwitchAsync(version, () => daemon.SwitchAsync(port));
            await load.FlowsAsync(requestsBetween);
        }

        TimeSpan took = Stopwatch.GetElapsedTime(start);
        await load.FlowsAsync(Connections);
        LoadReport report = await load.StopAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{switches} switches in {took.TotalSeconds:0.0} s"));
        await JudgeAsync(subject, report, daemon);
        report.OkByVersion.Keys.ShouldBe([first.Version, second.Version], ignoreOrder: true);
    }

    private async Task JudgeAsync(string subject, LoadReport report, PortokDaemon daemon)
    {
        output.WriteLine($"{subject}: {report}");
        await Artifacts.WriteAsync(Artifacts.LostRequests, subject, report.ToString());
        (report.Failed + report.Wrong).ShouldBe(0, $"{report}\n{daemon.Transcript}");
        report.Reconnects.ShouldBe(0, "a kept-alive connection outlives a switch");
        report.Ok.ShouldBeGreaterThan(100);
    }

    private static Func<AppConnection, Task> Answers(string version) => Scripts.Always(Scripts.Ok(version, $"X-App-Version: {version}"));
}

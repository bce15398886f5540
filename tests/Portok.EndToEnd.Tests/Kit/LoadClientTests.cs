namespace Portok.EndToEnd.Tests.Kit;

/// <summary>The load counts what it is to count: straight at an app, without Portok.</summary>
public sealed class LoadClientTests
{
    [Fact]
    public async Task Load_StraightAtRealApp_FailsNothing()
    {
        await using ForeignApp app = await ForeignApp.AspNetAsync();
        await using LoadClient load = LoadClient.Start(app.Port, connections: 8, "v1");
        await load.FlowsAsync(300);
        LoadReport report = await load.StopAsync();
        (report.Failed + report.Wrong).ShouldBe(0, report.ToString());
        report.OkByKind.Keys.ShouldBe(["get", "post", "chunked", "download", "download-chunked"], ignoreOrder: true);
    }

    [Fact]
    public async Task Load_AnswersByVersionOlderThanAcknowledged_CountsThemWrong()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("v1", "X-App-Version: v1")));
        await using LoadClient load = LoadClient.Start(app.Port, connections: 2, "v1", (_, _) => LoadRequest.Get());
        await load.FlowsAsync(20);
        load.Report().Wrong.ShouldBe(0);
        await load.SwitchAsync("v2", () => Task.CompletedTask);
        await Poll.UntilAsync(() => load.Report().Wrong > 0);
    }

    [Theory]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-App-Version: v1\r\nContent-Length: 10\r\n\r\nv1")]
    [InlineData("")]
    public async Task Load_AnswerBadOrCut_CountsItFailed(string answer)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Once(answer));
        await using LoadClient load = LoadClient.Start(app.Port, connections: 1, "v1", (_, _) => LoadRequest.Get());
        await Poll.UntilAsync(() => load.Report().Failed > 0);
        load.Ok.ShouldBe(0);
    }
}

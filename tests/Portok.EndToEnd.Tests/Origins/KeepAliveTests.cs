using System.Globalization;

namespace Portok.EndToEnd.Tests.Origins;

/// <summary>However an app handles its idle connections: no client ever sees a 502 for it.</summary>
public sealed class KeepAliveTests
{
    [Theory]
    [InlineData("node")]
    [InlineData("aspnet")]
    [InlineData("node-close")]
    [InlineData("node-cut")]
    [InlineData("nginx")]
    public async Task Origin_UnderSteadyGets_NothingFails(string origin)
    {
        await using ForeignApp app = await StartAsync(origin);
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port);
        await using TempInstance owned = instance;
        await using LoadClient load = LoadClient.Start(daemon.Port, connections: 8, "v1", (_, _) => LoadRequest.Get());
        await load.FlowsAsync(1000);
        LoadReport report = await load.StopAsync();
        await Artifacts.WriteAsync(Artifacts.LostRequests, $"steady GETs to {origin}", report.ToString());
        (report.Failed + report.Wrong).ShouldBe(0, report.ToString());
    }

    [Theory]
    [InlineData("node")]
    [InlineData("aspnet")]
    [InlineData("node-close")]
    public async Task Origin_UnderMixedRequests_NothingFails(string origin)
    {
        await using ForeignApp app = await StartAsync(origin);
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port);
        await using TempInstance owned = instance;
        await using LoadClient load = LoadClient.Start(daemon.Port, connections: 8, "v1");
        await load.FlowsAsync(400);
        LoadReport report = await load.StopAsync();
        await Artifacts.WriteAsync(Artifacts.LostRequests, $"mixed requests to {origin}", report.ToString());
        (report.Failed + report.Wrong).ShouldBe(0, report.ToString());
    }

    [Fact]
    public async Task ClosingWithoutAWord_PostsWithAPauseBetween_NothingFails()
    {
        // Without the pause it would be a race that no proxy can win: a POST may meet a FIN on its way.
        await using ForeignApp app = await StartAsync("node-cut");
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port);
        await using TempInstance owned = instance;
        await using RawClient client = await daemon.ConnectAsync();
        for (int turn = 0; turn < 50; turn++)
        {
            WireMessage answer = await client.AskAsync("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
            answer.Status.ShouldBe(200);
            await Task.Delay(20);
        }
    }

    [Theory]
    [InlineData("node", 5000, true)]
    [InlineData("node-1s", 1000, true)]
    [InlineData("node-2s", 2000, true)]
    [InlineData("nginx-1s", 1000, false)]
    public async Task Requests_SpacedAroundTheAppsIdleTimeout_NothingFails(string origin, int idleMs, bool saysHowLong)
    {
        await using ForeignApp app = await StartAsync(origin);
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port);
        await using TempInstance owned = instance;
        int rounds = Math.Max(1, 5000 / idleMs);
        int[][] statuses = await Task.WhenAll(Enumerable.Range(0, 24).Select(number => AskAroundAsync(daemon, idleMs, number, rounds, saysHowLong)));
        statuses.SelectMany(status => status).ShouldAllBe(status => status == 200);
    }

    // Client by client the gap moves over the idle timeout, from 60 ms under it to 60 ms over it. POSTs, which may not be tried
    // again, where the app has said how long it keeps a connection (Keep-Alive: timeout=n); GETs where it has not.
    private static async Task<int[]> AskAroundAsync(PortokDaemon daemon, int idleMs, int number, int rounds, bool saysHowLong)
    {
        var statuses = new List<int>();
        for (int round = 0; round <= rounds; round++)
        {
            string request = saysHowLong && number % 2 == 0
                ? "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
                : "GET /version HTTP/1.1\r\nHost: a\r\n\r\n";
            statuses.Add((await RawClient.AskOnceAsync(daemon.Port, request)).Status);
            if (round < rounds)
                await Task.Delay(idleMs - 60 + (number * 5));
        }

        return [.. statuses];
    }

    private static Task<ForeignApp> StartAsync(string origin) => origin switch
    {
        "node" => ForeignApp.NodeAsync(),
        "node-close" => ForeignApp.NodeAsync(mode: "close"),
        "node-cut" => ForeignApp.NodeAsync(mode: "cut"),
        "node-1s" => ForeignApp.NodeAsync(idleMs: 1000),
        "node-2s" => ForeignApp.NodeAsync(idleMs: 2000),
        "aspnet" => ForeignApp.AspNetAsync(),
        "nginx" => ForeignApp.NginxAsync(),
        "nginx-1s" => ForeignApp.NginxAsync(idleSeconds: 1),
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, string.Create(CultureInfo.InvariantCulture, $"no origin {origin}")),
    };
}

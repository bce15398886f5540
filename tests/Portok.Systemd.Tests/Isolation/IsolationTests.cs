using System.Text.Json;
using Portok.Systemd.Tests.Machine;

namespace Portok.Systemd.Tests.Isolation;

/// <summary>Three instances on one machine share nothing, in peace and in trouble.</summary>
public sealed class IsolationTests
{
    private const int OldApp = 8080;
    private const int NewApp = 8081;

    [Fact]
    public async Task Instances_SideBySide_ShareNothing()
    {
        await using TestMachine machine = await ReadyAsync();
        Instance a = await StartAsync(machine, "a", 3001);
        Instance b = await StartAsync(machine, "b", 3002);
        Instance c = await StartAsync(machine, "c", 3003);

        // State and rollback watch.
        await a.SwitchAsync(NewApp);
        (await machine.GetAsync(a.Port, "/version")).Text.ShouldBe(DemoApp.VersionOf(NewApp));
        (await machine.GetAsync(b.Port, "/version")).Text.ShouldBe(DemoApp.VersionOf(OldApp));
        (await a.StatusAsync()).GetProperty("rollback").GetProperty("previousPort").GetInt32().ShouldBe(OldApp);
        foreach (Instance other in (Instance[])[b, c])
        {
            JsonElement status = await other.StatusAsync();
            status.GetProperty("activePort").GetInt32().ShouldBe(OldApp);
            status.GetProperty("lastSwitch").ValueKind.ShouldBe(JsonValueKind.Null);
            status.GetProperty("rollback").GetProperty("armedUntil").ValueKind.ShouldBe(JsonValueKind.Null);
        }

        // Metrics: b has had one request, c none.
        (await b.MetricsAsync()).GetProperty("totalRequests").GetInt64().ShouldBe(1);
        (await c.MetricsAsync()).GetProperty("totalRequests").GetInt64().ShouldBe(0);

        // Tokens: each opens its own instance only.
        (await StatusOfAsync(machine, a.Port, a.Token)).ShouldBe(200);
        (await StatusOfAsync(machine, b.Port, a.Token)).ShouldBe(401);

        // Rate limit: a's is used up, c answers.
        await Poll.UntilAsync(async () => await StatusOfAsync(machine, a.Port, a.Token) == 429, what: "a to have had enough");
        (await StatusOfAsync(machine, c.Port, c.Token)).ShouldBe(200);

        // What one daemon may read of another: nothing. Each has files of its own.
        (await machine.RunAsync("ls /var/lib/portok/*.json")).ShouldContain("/var/lib/portok/a.json");
        (await machine.RunAsync("ls -d /run/portok/*")).ShouldBe("/run/portok/a\n/run/portok/b\n/run/portok/c");
    }

    [Fact]
    public async Task Instance_InTrouble_DoesNotTouchTheOthers()
    {
        await using TestMachine machine = await ReadyAsync();
        Instance crashing = await StartAsync(machine, "crashing", 3001);
        Instance noisy = await StartAsync(machine, "noisy", 3002, "LOG_LEVEL=trace");
        Instance quiet = await StartAsync(machine, "quiet", 3003);
        int pid = await quiet.MainPidAsync();
        string journal = await LinesAsync(machine, quiet);
        await using LoadClient load = LoadClient.Start(() => machine.ConnectAsync(quiet.Port), 4, DemoApp.VersionOf(OldApp), DemoApp.Mix);

        // One crashes, again and again.
        for (int round = 0; round < 3; round++)
        {
            int before = await crashing.MainPidAsync();
            await machine.RunAsync($"kill -KILL {before}");
            await crashing.ReplacedAsync(before);
        }

        // One fills its log: every refused admin call is a line, past what the journal takes of one service.
        for (int call = 0; call < 2000; call++)
            await StatusOfAsync(machine, noisy.Port, "wrong");

        // One is taken away while it runs, with all that is its own.
        await machine.RunAsync($"systemctl stop {crashing.Socket} {crashing.Service} && rm -r /etc/portok/crashing.env /var/lib/portok/crashing.json* /etc/systemd/system/portok@crashing.socket.d && systemctl daemon-reload");

        await load.FlowsAsync(200);
        LoadReport report = await load.StopAsync();
        report.Failed.ShouldBe(0, report.ToString());
        (await quiet.MainPidAsync()).ShouldBe(pid, "it was not even restarted");
        (await quiet.ServiceAsync("NRestarts")).ShouldBe("0");
        (await LinesAsync(machine, quiet)).ShouldBe(journal, "what the others said is not in its log");
        (await noisy.ActivePortAsync()).ShouldBe(OldApp);
        await quiet.SwitchAsync(NewApp);
        (await machine.GetAsync(quiet.Port, "/version")).Text.ShouldBe(DemoApp.VersionOf(NewApp));
    }

    private static Task<string> LinesAsync(TestMachine machine, Instance instance)
        => machine.RunAsync($"journalctl --unit {instance.Service} --output cat");

    private static async Task<int> StatusOfAsync(TestMachine machine, int port, string token)
    {
        await using RawClient client = await machine.ConnectAsync(port);
        return (await client.AskAsync($"GET /__status HTTP/1.1\r\nHost: machine.test\r\nx-admin-token: {token}\r\nConnection: close\r\n\r\n")).Status;
    }

    // Its own window and limits; no probe changes what a test compares.
    private static Task<Instance> StartAsync(TestMachine machine, string name, int port, params string[] settings)
        => Instance.StartAsync(machine, name, port, OldApp, ["ROLLBACK_WINDOW_MS=600000", .. settings]);

    private static async Task<TestMachine> ReadyAsync()
    {
        TestMachine machine = await TestMachine.BootAsync();
        try
        {
            await Package.InstallAsync(machine, await Package.BuildAsync());
            await DemoApp.InstallAsync(machine, OldApp, NewApp);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }
}

using Portok.Systemd.Tests.Machine;

namespace Portok.Systemd.Tests.Units;

/// <summary>The public port is systemd's: whoever connects while portokd restarts waits, and is not refused.</summary>
public sealed class RestartUnderLoadTests
{
    private const int Port = 3000;
    private const int App = 8080;
    private const int Connections = 8;

    [Fact]
    public async Task Restart_UnderLoad_LosesNoRequest()
    {
        await using TestMachine machine = await ReadyAsync();
        Instance instance = await Instance.StartAsync(machine, "api", Port, App);
        await using LoadClient load = LoadClient.Start(() => machine.ConnectAsync(Port), Connections, DemoApp.VersionOf(App), DemoApp.Mix);
        await load.FlowsAsync(500);
        for (int round = 0; round < 3; round++)
        {
            int before = await instance.MainPidAsync();
            await machine.RunAsync($"systemctl restart {instance.Service}");
            (await instance.MainPidAsync()).ShouldNotBe(before);
            await load.FlowsAsync(500);
        }

        LoadReport report = await load.StopAsync();
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        report.Failed.ShouldBe(0, report.ToString());
        report.Wrong.ShouldBe(0, report.ToString());
        report.Reconnects.ShouldBeGreaterThanOrEqualTo(Connections, "each restart told the clients to come back");
    }

    [Fact]
    public async Task Kill_ThenStop_ComesBackByItself_StopsWhenTold()
    {
        await using TestMachine machine = await ReadyAsync();
        Instance instance = await Instance.StartAsync(machine, "api", Port, App);
        for (int round = 0; round < 8; round++)
        {
            // More often than systemd's usual limit of five starts in ten seconds.
            int before = await instance.MainPidAsync();
            await machine.RunAsync($"kill -KILL {before}");
            // No wait in between: the port is open all the time, and whoever connects is answered by the next process.
            (await machine.GetAsync(Port, "/version")).Text.ShouldBe(DemoApp.VersionOf(App));
            await instance.ReplacedAsync(before);
        }

        await machine.RunAsync($"systemctl stop {instance.Socket} {instance.Service}");
        (await machine.RunAsync($"systemctl is-active {instance.Service} {instance.Socket} || true")).ShouldBe("inactive\ninactive");
        await Should.ThrowAsync<WireException>(() => machine.ConnectAsync(Port));
    }

    [Fact]
    public async Task WrongSettings_AreNotTriedAgain_AndNamedInTheJournal()
    {
        await using TestMachine machine = await ReadyAsync();
        Instance instance = await Instance.StartAsync(machine, "api", Port, App);
        await machine.RunAsync($"echo DRAIN_MS=soon >>/etc/portok/api.env; ! systemctl restart {instance.Service}");
        await Poll.UntilAsync(async () => await instance.ServiceAsync("ActiveState") is "failed", what: "the service to have failed");
        (await instance.ServiceAsync("ExecMainStatus")).ShouldBe("2");
        (await machine.RunAsync($"journalctl --unit {instance.Service} --output cat --lines 20")).ShouldContain("DRAIN_MS");
        await machine.RunAsync($"sed -i /DRAIN_MS=soon/d /etc/portok/api.env && systemctl start {instance.Service}");
        (await machine.GetAsync(Port, "/version")).Text.ShouldBe(DemoApp.VersionOf(App));
    }

    [Fact]
    public async Task FrozenDaemon_IsEndedByTheWatchdog_AndReplaced()
    {
        await using TestMachine machine = await ReadyAsync();
        machine.Write("/etc/systemd/system/portok@.service.d/soon.conf", "[Service]\nWatchdogSec=2\n");
        Instance instance = await Instance.StartAsync(machine, "api", Port, App);
        int before = await instance.MainPidAsync();
        await machine.RunAsync($"kill -STOP {before}");
        await instance.ReplacedAsync(before);
        (await machine.GetAsync(Port, "/version")).Text.ShouldBe(DemoApp.VersionOf(App));
        (await machine.RunAsync($"journalctl --unit {instance.Service} --output cat")).ShouldContain("Watchdog timeout");
    }

    private static async Task<TestMachine> ReadyAsync()
    {
        TestMachine machine = await TestMachine.BootAsync();
        try
        {
            await Package.InstallAsync(machine, await Package.BuildAsync());
            await DemoApp.InstallAsync(machine, App);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }
}

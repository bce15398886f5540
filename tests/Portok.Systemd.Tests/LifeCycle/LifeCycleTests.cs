using System.Globalization;
using System.Text.Json;
using Portok.Systemd.Tests.Machine;

namespace Portok.Systemd.Tests.LifeCycle;

/// <summary>From the first installation to the last trace, on a machine of its own, as an administrator would type it.</summary>
public sealed class LifeCycleTests
{
    private const int Port = 3000;
    private const int OldApp = 8080;
    private const int NewApp = 8081;
    private static readonly string Public = Port.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task Package_FromInstallToPurge_KeepsItsPromises_AndLeavesNothingBehind()
    {
        string first = await Package.BuildAsync(revision: 1), second = await Package.BuildAsync(revision: 2);
        await using TestMachine machine = await TestMachine.BootAsync();
        await DemoApp.InstallAsync(machine, OldApp, NewApp);
        FileListing before = await FileListing.OfAsync(machine);

        // install → init → add → start → enable
        await Package.InstallAsync(machine, first);
        await machine.RunAsync("portok init");
        await machine.RunAsync($"portok add api --port {Public} --target {OldApp}");
        await machine.RunAsync("portok start api && portok enable api");
        (await VersionAsync(machine)).ShouldBe(DemoApp.VersionOf(OldApp));
        (await machine.RunAsync("stat -c '%a %U:%G' /etc/portok/api.env")).ShouldBe("640 root:portok");

        // switch
        await machine.RunAsync($"portok switch {NewApp} --instance api");
        (await VersionAsync(machine)).ShouldBe(DemoApp.VersionOf(NewApp));

        // crash of the daemon: back by itself, on the same port
        int pid = await PidAsync(machine);
        await machine.RunAsync($"kill -KILL {pid}");
        await Instance.ReplacedAsync(machine, "portok@api.service", pid);
        (await VersionAsync(machine)).ShouldBe(DemoApp.VersionOf(NewApp));

        // reboot: the enabled instance is back, on the port switched to
        await machine.RebootAsync();
        await DemoApp.HealthyAsync(machine, NewApp);
        (await machine.RunAsync("systemctl is-active portok@api.service portok@api.socket")).ShouldBe("active\nactive");
        (await VersionAsync(machine)).ShouldBe(DemoApp.VersionOf(NewApp));
        JsonElement status = JsonDocument.Parse(await machine.RunAsync("portok status --instance api --json")).RootElement;
        status.GetProperty("activePort").GetInt32().ShouldBe(NewApp);

        // upgrade under load: the new program runs, no request was lost
        pid = await PidAsync(machine);
        await using (LoadClient load = LoadClient.Start(() => machine.ConnectAsync(Port), 8, DemoApp.VersionOf(NewApp), DemoApp.Mix))
        {
            await load.FlowsAsync(500);
            await Package.InstallAsync(machine, second);
            await load.FlowsAsync(500);
            LoadReport report = await load.StopAsync();
            TestContext.Current.SendDiagnosticMessage(report.ToString());
            report.Failed.ShouldBe(0, report.ToString());
            report.Wrong.ShouldBe(0, report.ToString());
        }

        (await PidAsync(machine)).ShouldNotBe(pid, "the upgrade started the new program");
        (await machine.RunAsync("dpkg-query --show --showformat='${Version}' portok")).ShouldEndWith("-2");

        // remove → clean → purge: nothing left
        await machine.RunAsync("portok remove api --force");
        (await machine.RunAsync("systemctl is-active portok@api.service portok@api.socket || true")).ShouldBe("inactive\ninactive");
        await machine.RunAsync("portok clean --force");
        await machine.RunAsync("dpkg --purge portok");
        FileListing after = await FileListing.OfAsync(machine);
        after.Against(before).ShouldBeEmpty();
    }

    [Fact]
    public async Task Package_PurgedWhileInstancesRun_StopsThemAndLeavesNothing()
    {
        string package = await Package.BuildAsync();
        await using TestMachine machine = await TestMachine.BootAsync();
        await DemoApp.InstallAsync(machine, OldApp);
        FileListing before = await FileListing.OfAsync(machine);
        await Package.InstallAsync(machine, package);
        Instance instance = await Instance.StartAsync(machine, "api", Port, OldApp);
        await machine.RunAsync($"systemctl enable {instance.Service}");
        (await VersionAsync(machine)).ShouldBe(DemoApp.VersionOf(OldApp));

        await machine.RunAsync("dpkg --remove portok");
        await Should.ThrowAsync<WireException>(() => machine.ConnectAsync(Port));
        (await machine.RunAsync("ls /etc/portok")).ShouldBe("api.env", "a removed package keeps what is configured");

        await machine.RunAsync("dpkg --purge portok");
        (await FileListing.OfAsync(machine)).Against(before).ShouldBeEmpty();
    }

    private static async Task<string> VersionAsync(TestMachine machine) => (await machine.GetAsync(Port, "/version")).Text;

    private static async Task<int> PidAsync(TestMachine machine)
        => int.Parse(await machine.RunAsync("systemctl show --property=MainPID --value portok@api.service"), CultureInfo.InvariantCulture);
}

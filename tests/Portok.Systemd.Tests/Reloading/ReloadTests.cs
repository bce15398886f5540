using System.Globalization;
using Portok.Systemd.Tests.Machine;

namespace Portok.Systemd.Tests.Reloading;

/// <summary>Settings change under load, in the process that runs.</summary>
[Collection(OnSharedMachine.Name)]
public sealed class ReloadTests(SharedMachine shared)
{
    private const int Connections = 4;

    [Fact]
    public async Task Reload_ChangedSettings_AreInForceInTheSameProcess_AndTheJournalSaysWhatIsNot()
    {
        TestMachine machine = await shared.BootedAsync();
        Instance instance = await StartAsync(machine, "live", 3300);
        int pid = await instance.MainPidAsync();
        await using LoadClient load = Load(machine, instance);
        await load.FlowsAsync(100);

        await machine.RunAsync($"sed -i -e s/^ADMIN_TOKEN=.*/ADMIN_TOKEN=the-next-token/ -e s/^ADMIN_RATE_LIMIT.*/ADMIN_RATE_LIMIT_PER_MINUTE=900/ /etc/portok/live.env && printf 'DRAIN_MS=1234\\nREACTORS=1\\n' >>/etc/portok/live.env && systemctl reload {instance.Service}");
        await JournalSaysAsync(machine, instance, "REACTORS was changed from auto to 1, which needs a restart");
        string journal = await JournalAsync(machine, instance);
        journal.ShouldContain("ADMIN_RATE_LIMIT_PER_MINUTE is now 900; it was 1000.");
        journal.ShouldContain("DRAIN_MS is now 1234; it was 30000.");
        journal.ShouldContain("ADMIN_TOKEN is now ");
        journal.ShouldNotContain("the-next-token", Case.Sensitive);
        journal.ShouldNotContain(instance.Token, Case.Sensitive);
        (await StatusOfAsync(machine, instance.Port, instance.Token)).ShouldBe(401);
        (await StatusOfAsync(machine, instance.Port, "the-next-token")).ShouldBe(200);

        // Who may ask.
        await machine.RunAsync($"echo ADMIN_ALLOWLIST=10.0.0.0/8 >>/etc/portok/live.env && systemctl reload {instance.Service}");
        await JournalSaysAsync(machine, instance, "ADMIN_ALLOWLIST is now 10.0.0.0/8");
        (await StatusOfAsync(machine, instance.Port, "the-next-token")).ShouldBe(403);

        // A fault in the file: it says so, and all stays.
        await machine.RunAsync($"echo HEALTH_TIMEOUT_MS=soon >>/etc/portok/live.env && systemctl reload {instance.Service}");
        await JournalSaysAsync(machine, instance, "HEALTH_TIMEOUT_MS=soon");
        (await StatusOfAsync(machine, instance.Port, "the-next-token")).ShouldBe(403);
        await FlowedThroughoutAsync(machine, instance, load, pid);
    }

    [Fact]
    public async Task TokenRotateAndEdit_RunningInstance_ChangeItUnderLoad()
    {
        TestMachine machine = await shared.BootedAsync();
        Instance instance = await StartAsync(machine, "edited", 3301);
        int pid = await instance.MainPidAsync();
        await using LoadClient load = Load(machine, instance);
        await load.FlowsAsync(100);

        (await machine.RunAsync("portok token rotate edited")).ShouldContain("has a new token: the daemon takes it, and refuses the old one");
        string token = (await machine.RunAsync("sed -n s/^ADMIN_TOKEN=//p /etc/portok/edited.env")).Trim();
        token.ShouldNotBe(instance.Token, StringComparer.Ordinal);
        (await machine.RunAsync("stat -c '%a %U:%G' /etc/portok/edited.env")).ShouldBe("640 root:portok");
        (await StatusOfAsync(machine, instance.Port, instance.Token)).ShouldBe(401);
        (await StatusOfAsync(machine, instance.Port, token)).ShouldBe(200);

        string edited = await machine.RunAsync("EDITOR='sed -i -e s/MINUTE=1000/MINUTE=800/ -e s/^ADMIN_TOKEN=.*/ADMIN_TOKEN=typed-by-hand/ -e \\$aMAX_HEADERS=64' portok edit edited");
        edited.ShouldContain("ADMIN_RATE_LIMIT_PER_MINUTE: 1000 → 800  in force");
        edited.ShouldContain("MAX_HEADERS");
        await JournalSaysAsync(machine, instance, "MAX_HEADERS was changed from 128 to 64, which needs a restart");
        (await StatusOfAsync(machine, instance.Port, token)).ShouldBe(401);
        (await StatusOfAsync(machine, instance.Port, "typed-by-hand")).ShouldBe(200);

        // What portokd would not start with is not saved.
        string before = await machine.RunAsync("cat /etc/portok/edited.env");
        ProcessResult refused = await machine.TryAsync("EDITOR='sed -i \\$aDRAIN_MS=soon' portok edit edited");
        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("DRAIN_MS=soon");
        (await machine.RunAsync("cat /etc/portok/edited.env")).ShouldBe(before);
        await FlowedThroughoutAsync(machine, instance, load, pid);
    }

    private static Task<Instance> StartAsync(TestMachine machine, string name, int port) =>
        Instance.StartAsync(machine, name, port, SharedMachine.OldApp, "ADMIN_RATE_LIMIT_PER_MINUTE=1000");

    private static LoadClient Load(TestMachine machine, Instance instance) =>
        LoadClient.Start(() => machine.ConnectAsync(instance.Port), Connections, DemoApp.VersionOf(SharedMachine.OldApp), DemoApp.Mix);

    private static async Task FlowedThroughoutAsync(TestMachine machine, Instance instance, LoadClient load, int pid)
    {
        await load.FlowsAsync(100);
        LoadReport report = await load.StopAsync();
        report.Failed.ShouldBe(0, report.ToString());
        report.Wrong.ShouldBe(0, report.ToString());
        report.Reconnects.ShouldBe(0, "no connection was closed either");
        (await instance.MainPidAsync()).ShouldBe(pid);
        await machine.RunAsync($"systemctl stop {instance.Socket} {instance.Service} && rm /etc/portok/{instance.Name}.env");
    }

    // ExecReload is a signal: systemctl returns when it is sent, not when it is done.
    private static Task JournalSaysAsync(TestMachine machine, Instance instance, string words) =>
        Poll.UntilAsync(async () => (await JournalAsync(machine, instance)).Contains(words, StringComparison.Ordinal), Patience.Normal, $"the journal to say: {words}");

    private static Task<string> JournalAsync(TestMachine machine, Instance instance) => machine.RunAsync($"journalctl --unit {instance.Service} --output cat");

    private static async Task<int> StatusOfAsync(TestMachine machine, int port, string token)
    {
        await using RawClient client = await machine.ConnectAsync(port);
        return (await client.AskAsync(string.Create(CultureInfo.InvariantCulture, $"GET /__status HTTP/1.1\r\nHost: machine.test\r\nx-admin-token: {token}\r\nConnection: close\r\n\r\n"))).Status;
    }
}

using Portok.Systemd.Tests.Machine;

namespace Portok.Systemd.Tests.Units;

/// <summary>portokd under somebody's home folder, which is closed to others as homes are.</summary>
[Collection(OnSharedMachine.Name)]
public sealed class HomeTests(SharedMachine shared)
{
    private const string Program = "/home/USER/bin/portokd";

    [Fact]
    public async Task InitHome_ClosedFolder_IsNamedWithWhatOpensIt_ThenTheDaemonRunsFromThere()
    {
        TestMachine machine = await shared.BootedAsync();
        await machine.RunAsync($"install -D /usr/bin/portokd {Program} && chmod 700 /home/USER");

        ProcessResult refused = await machine.TryAsync($"portok init --exec-path {Program} --home");
        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain($"/home/USER (root:root 0700) is closed to the user portok, who has to run {Program}. Nothing was changed.");
        refused.Errors.ShouldContain("Let it, then do this again: chmod o+x /home/USER\n");
        (await machine.TryAsync("test -e /etc/systemd/system/portok@.service")).ExitCode.ShouldBe(1);

        await machine.RunAsync($"chmod o+x /home/USER && portok init --exec-path {Program} --home");
        Instance instance = await Instance.StartAsync(machine, "home", 3400, SharedMachine.OldApp);
        (await machine.RunAsync($"readlink /proc/{await instance.MainPidAsync()}/exe")).ShouldBe(Program);
        (await machine.GetAsync(instance.Port, "/version")).Text.ShouldBe(DemoApp.VersionOf(SharedMachine.OldApp));

        // Closed again later: doctor says so before the next start fails.
        await machine.RunAsync("chmod 700 /home/USER");
        ProcessResult doctor = await machine.TryAsync("portok doctor home");
        doctor.ExitCode.ShouldBe(1);
        doctor.Output.ShouldContain("→ chmod o+x /home/USER\n");

        await machine.RunAsync($"systemctl stop {instance.Socket} {instance.Service} && rm -r /etc/systemd/system/portok@.service /etc/portok/home.env /home/USER && systemctl daemon-reload");
    }
}

using System.Globalization;
using System.Text.Json;
using Portok.Systemd.Tests.Machine;

namespace Portok.Systemd.Tests.Doctor;

/// <summary>What portok doctor says of a real installation, healthy and broken on purpose; its mends are run as they are printed.</summary>
[Collection(OnSharedMachine.Name)]
public sealed class DoctorTests(SharedMachine shared)
{
    private const string Name = "patient";
    private const int Port = 3200;

    [Fact]
    public async Task Doctor_HealthyInstallation_IsAllOk()
    {
        TestMachine machine = await ReadyAsync();

        JsonElement report = await ExamineAsync(machine);

        // The clock is the host's; a container has no time service of its own.
        JsonElement[] notOk = [.. report.GetProperty("checks").EnumerateArray().Where(c => c.GetProperty("verdict").GetString() is not "ok" && c.GetProperty("check").GetString() is not "clock")];
        notOk.ShouldBeEmpty();
        (await machine.RunAsync($"portok doctor {Name}")).ShouldContain("Healthy: ");
        TestContext.Current.SendDiagnosticMessage(await machine.RunAsync($"portok doctor {Name}"));
    }

    /// <summary>By what is wrong: the check that finds it, what breaks it, the command that is to be printed.</summary>
    private static readonly Dictionary<string, (string Check, string Broken, string Mend)> Breakages = new(StringComparer.Ordinal)
    {
        ["a drop-in of the instance opens it"] = ("hardening", $"{DropIn($"portok@{Name}.service", "NoNewPrivileges=no\\nProtectSystem=no")} && systemctl restart portok@{Name}", $"systemctl revert portok@{Name}.service && portok restart {Name}"),
        ["a drop-in of the template opens it"] = ("hardening", $"{DropIn("portok@.service", "ProtectHome=no\\nSystemCallFilter=")} && systemctl restart portok@{Name}", $"rm /etc/systemd/system/portok@.service.d/override.conf && systemctl daemon-reload && portok restart {Name}"),
        ["the unit is of an older release"] = ("unit", $"{OwnUnit("/^ProtectClock=/d")} && systemctl restart portok@{Name}", "portok init"),
        ["what the unit runs is not there"] = ("ExecStart", $"{OwnUnit("s#^ExecStart=/usr/bin/#ExecStart=/opt/gone/#")} && ! systemctl restart portok@{Name}", "portok init"),
        ["everybody may read the token"] = ("secrets", $"chmod 644 /etc/portok/{Name}.env", $"sh -c 'chown root:portok /etc/portok/{Name}.env && chmod 640 /etc/portok/{Name}.env'"),
        ["the daemon may not read its file"] = ("secrets", $"chown root:root /etc/portok/{Name}.env", $"sh -c 'chown root:portok /etc/portok/{Name}.env && chmod 640 /etc/portok/{Name}.env'"),
        ["the folder of env files is closed"] = ("config", "chown root:root /etc/portok", "install -d -o root -g portok -m 750 /etc/portok"),
        ["the folder of states is closed"] = ("state", "chown root:root /var/lib/portok", "install -d -o portok -g portok -m 750 /var/lib/portok"),
        ["the state lies where the unit may not write"] = ("state", $"install -d -o portok -g portok /srv/states && echo STATE_FILE=/srv/states/a.json >>/etc/portok/{Name}.env && systemctl restart portok@{Name}", $"sh -c 'mkdir -p /etc/systemd/system/portok@{Name}.service.d && printf \"[Service]\\nReadWritePaths=/srv/states\\n\" >/etc/systemd/system/portok@{Name}.service.d/paths.conf' && systemctl daemon-reload && portok restart {Name}"),
        ["the file has another token"] = ("token", $"sed -i s/^ADMIN_TOKEN=.*/ADMIN_TOKEN=another-0123456789abcdef/ /etc/portok/{Name}.env", $"systemctl reload portok@{Name}"),
        ["too few files may be open"] = ("descriptors", $"{DropIn($"portok@{Name}.service", "LimitNOFILE=256")} && systemctl restart portok@{Name}", $"systemctl revert portok@{Name}.service && portok restart {Name}"),
        ["it is stopped although it starts with the machine"] = ("service", $"portok stop {Name}", $"portok start {Name}"),
    };

    public static TheoryData<string> Wrong => [.. Breakages.Keys];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Doctor_BrokenOnPurpose_NamesIt_AndItsMendMends(string what)
    {
        (string check, string broken, string mend) = Breakages[what];
        TestMachine machine = await ReadyAsync();
        await machine.RunAsync(broken);

        JsonElement found = await CheckAsync(machine, check);
        TestContext.Current.SendDiagnosticMessage($"{what}\n{(await machine.TryAsync($"portok doctor {Name}")).Output}");

        found.GetProperty("verdict").GetString().ShouldBe(check is "unit" or "descriptors" ? "warning" : "fault", what);
        found.GetProperty("mend").GetString().ShouldBe(mend, what);
        (await machine.TryAsync(found.GetProperty("mend").GetString()!, Patience.Long)).ShouldSucceed();
        await Poll.UntilAsync(async () => (await CheckAsync(machine, check)).GetProperty("verdict").GetString() is "ok", Patience.Long, $"'{check}' to be mended after: {what}");
        await NpmPortok.AnswersAsync(machine, Port);
        await machine.RunAsync($"portok switch {SharedMachine.NewApp} {Name} && portok switch {SharedMachine.OldApp} {Name}");
    }

    [Fact]
    public async Task Doctor_AppDown_SaysWhatToDo_AndTheQuickestWayBack()
    {
        const int app = 8087;
        TestMachine machine = await ReadyAsync();
        await DemoApp.InstallAsync(machine, app);
        await machine.RunAsync($"portok switch {Text(app)} {Name} && systemctl stop demo@{Text(app)}");

        JsonElement found = await CheckAsync(machine, "target");
        found.GetProperty("verdict").GetString().ShouldBe("fault");
        found.GetProperty("summary").GetString().ShouldBe($"Nothing listens on {app}, the active port");
        found.GetProperty("mend").GetString().ShouldBe($"start your app on {app}, then: portok health {Name}");
        found.GetProperty("detail")[0].GetString().ShouldBe($"The port before it, {SharedMachine.OldApp}, is healthy: portok switch {SharedMachine.OldApp} {Name}");

        // On ::1 it is as good as down, and looks as if it were up.
        await machine.RunAsync($"systemd-run --quiet --unit trap perl -MIO::Socket::IP -e 'my $l = IO::Socket::IP->new(LocalHost => \"::1\", LocalPort => {Text(app)}, Listen => 5, Proto => \"tcp\") or die; 1 while $l->accept'");
        await Poll.UntilAsync(async () => (await CheckAsync(machine, "target")).GetProperty("summary").ValueEquals($"The app on {app} listens on ::1 only, and Portok connects to 127.0.0.1"), Patience.Long, "the trap to be named");
        found = await CheckAsync(machine, "target");
        found.GetProperty("mend").GetString().ShouldBe($"have your app listen on 127.0.0.1:{app}, then: portok health {Name}");
        found.GetProperty("detail")[0].GetString().ShouldStartWith("It is perl (process ");

        // As it says.
        await machine.RunAsync($"systemctl stop trap; systemctl start demo@{Text(app)}");
        await DemoApp.HealthyAsync(machine, app);
        await machine.RunAsync($"portok health {Name}");
        (await CheckAsync(machine, "target")).GetProperty("verdict").GetString().ShouldBe("ok");
        await machine.RunAsync($"systemctl disable --now demo@{Text(app)}");
    }

    private static string DropIn(string unit, string lines) =>
        $"mkdir -p /etc/systemd/system/{unit}.d && printf '[Service]\\n{lines}\\n' >/etc/systemd/system/{unit}.d/override.conf && systemctl daemon-reload";

    /// <summary>The administrator's own unit, over the package's, with something changed.</summary>
    private static string OwnUnit(string change) => $"sed '{change}' /usr/lib/systemd/system/portok@.service >/etc/systemd/system/portok@.service && systemctl daemon-reload";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    /// <summary>A machine where the patient is well: as "portok add" makes it, but for what fewer files in a container need.</summary>
    private async Task<TestMachine> ReadyAsync()
    {
        TestMachine machine = await shared.BootedAsync();
        await machine.RunAsync($"""
            if [ -e /etc/portok/{Name}.env ]; then portok remove {Name} --force; fi
            rm -rf /etc/systemd/system/portok@.service /etc/systemd/system/portok@*.service.d /srv/states
            systemctl daemon-reload
            portok add {Name} --port {Port} --target {SharedMachine.OldApp}
            echo UPSTREAM_MAX_SOCKETS=64 >>/etc/portok/{Name}.env
            portok start {Name} && portok enable {Name}
            """, Patience.Long);
        return machine;
    }

    private static async Task<JsonElement> ExamineAsync(TestMachine machine) => JsonDocument.Parse((await machine.TryAsync($"portok doctor {Name} --json")).Output).RootElement;

    /// <summary>One check; of two with the same name (the folder "state", the instance's "state") the one that is not well.</summary>
    private static async Task<JsonElement> CheckAsync(TestMachine machine, string name) =>
        (await ExamineAsync(machine)).GetProperty("checks").EnumerateArray().Where(c => c.GetProperty("check").ValueEquals(name)).OrderBy(c => c.GetProperty("verdict").GetString() is "ok").First();
}

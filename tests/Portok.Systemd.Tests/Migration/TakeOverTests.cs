using System.Text.Json;
using Portok.Systemd.Tests.Machine;

namespace Portok.Systemd.Tests.Migration;

/// <summary>From a running npm portok to this one and back, on a machine of its own, as docs/migration.md tells it.</summary>
public sealed class TakeOverTests
{
    private const int OldApp = 8080, NewApp = 8081, ShopApp = 8082;
    private const int Api = 3000, Shop = 3001, Web = 3002;
    private const string Token = "2f7c0b6f1e0d4b0e9a4d0b8a5f3e6c1d";
    private static readonly string[] Names = ["api", "shop", "web"];

    [Fact]
    public async Task TakeOver_RunningNpmPortok_KeepsPortTokenAndState_AndTheWayBackIsOpen()
    {
        await using TestMachine machine = await TestMachine.BootAsync();
        await Package.InstallAsync(machine, await Package.BuildAsync());
        await DemoApp.InstallAsync(machine, OldApp, NewApp, ShopApp);
        await NpmPortok.InstallAsync(machine);
        await NpmPortok.StartAsync(machine, "api", Api, Env(Api, "INSTANCE_NAME=api\nSTATE_FILE=/srv/portok/api.json"));
        // Shop's owner copied api's file: npm portok does not mind that both write one state, the new daemon does.
        await NpmPortok.StartAsync(machine, "shop", Shop, Env(Shop, "INSTANCE_NAME=shop\nSTATE_FILE=/var/lib/portok/api.json"));
        // Nobody told it INSTANCE_NAME, so its state is "default".
        await NpmPortok.StartAsync(machine, "web", Web, $"; old style\nLISTEN_PORT='{Web}'\nINITIAL_TARGET_PORT=\"{OldApp}\"\nADMIN_TOKEN=\"{Token}\"\n");
        await SwitchAsync(machine, Api, NewApp);
        await SwitchAsync(machine, Web, ShopApp);

        // A state where the new unit may not write: named before anything is changed.
        string before = await EverythingAsync(machine);
        ProcessResult refused = await machine.TryAsync("portok init --take-over");
        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("/etc/portok/api.env: STATE_FILE=/srv/portok/api.json: the new unit lets its daemon write in /var/lib/portok only.");
        string opens = refused.Errors.Split('\n').First(line => line.Contains("or open /srv/portok: ", StringComparison.Ordinal)).Split("or open /srv/portok: ")[1];
        (await EverythingAsync(machine)).ShouldBe(before);
        await machine.RunAsync(opens);

        // What would be done is told, and nothing is done.
        before = await EverythingAsync(machine);
        string plan = await machine.RunAsync("portok init --dry-run");
        plan.ShouldContain($"→ Keep npm portok's {NpmPortok.UnitFile} as {NpmPortok.UnitFile}.npm\n");
        plan.ShouldContain($"api's state stays in /srv/portok/api.json (active port {NewApp})");
        plan.ShouldContain($"→ Copy web's state from /var/lib/portok/default.json to /var/lib/portok/web.json (active port {ShopApp})");
        plan.ShouldContain($"→ Restart portok@api.service into the new daemon, check that {NewApp} is still its active port, put the old one back if not");
        (await EverythingAsync(machine)).ShouldBe(before);

        await FailsForShopAsync(machine);
        await SucceedsForAllAsync(machine);
        await GoesBackAsync(machine);
    }

    private static async Task FailsForShopAsync(TestMachine machine)
    {
        await machine.RunAsync("sed -i s#/var/lib/portok/api.json#/srv/portok/api.json# /etc/portok/shop.env && sh -c 'mkdir -p /etc/systemd/system/portok@shop.service.d && cp /etc/systemd/system/portok@api.service.d/paths.conf /etc/systemd/system/portok@shop.service.d/' && systemctl daemon-reload && systemctl restart portok@shop");
        await NpmPortok.AnswersAsync(machine, Shop);

        ProcessResult failed = await machine.TryAsync("portok init --take-over", Patience.Long);

        failed.ExitCode.ShouldBe(1, failed.Output + failed.Errors);
        failed.Errors.ShouldContain("Another portokd is running on the state file /srv/portok/api.json");
        failed.Errors.ShouldContain("npm portok is back for shop and answers. Still on npm portok (by units of their own names): shop, web.");
        (await ProgramsAsync(machine)).ShouldBe("portokd perl perl");
        (await machine.RunAsync("systemctl is-enabled portok@shop.service portok@web.service; systemctl --failed --no-legend")).ShouldBe("enabled\nenabled");
        await ServeAsync(machine, (Api, NewApp), (Shop, NewApp), (Web, ShopApp));
    }

    private static async Task SucceedsForAllAsync(TestMachine machine)
    {
        await machine.RunAsync("cp -p /srv/portok/api.json /srv/portok/shop.json && sed -i s#/srv/portok/api.json#/srv/portok/shop.json# /etc/portok/shop.env");

        string done = await machine.RunAsync("portok init --take-over", Patience.Long);

        done.ShouldContain($"✓ Restarted portok@shop.service into the new daemon; {NewApp} is still its active port\n");
        done.ShouldContain($"✓ Restarted portok@web.service into the new daemon; {ShopApp} is still its active port\n");
        (await ProgramsAsync(machine)).ShouldBe("portokd portokd portokd");
        (await machine.RunAsync($"cat {NpmPortok.UnitFile}.npm")).ShouldBe(NpmPortok.Unit.TrimEnd('\n'));
        (await machine.RunAsync("ls /etc/systemd/system | grep 'portok@.*service$'")).ShouldBe("portok@.service");
        (await machine.RunAsync("stat -c '%a %U:%G' /etc/portok/*.env")).ShouldBe("640 root:portok\n640 root:portok\n640 root:portok");
        await ServeAsync(machine, (Api, NewApp), (Shop, NewApp), (Web, ShopApp));
        JsonElement status = JsonDocument.Parse(await machine.RunAsync("portok status api --json")).RootElement;
        status.GetProperty("lastSwitch").GetProperty("from").GetInt32().ShouldBe(OldApp);
        status.GetProperty("lastSwitch").GetProperty("id").GetString().ShouldBe("550e8400-e29b-41d4-a716-446655440000");

        // A script of old: the same address, path and token. The state it needs can be written.
        await SwitchAsync(machine, Api, OldApp);
        await machine.RunAsync($"portok switch {NewApp} --url http://127.0.0.1:{Shop} --token {Token} && portok switch {OldApp} --instance web");
        await ServeAsync(machine, (Api, OldApp), (Shop, NewApp), (Web, OldApp));

        // With the machine all of it comes back.
        await machine.RebootAsync();
        await DemoApp.HealthyAsync(machine, OldApp);
        await DemoApp.HealthyAsync(machine, NewApp);
        await ServeAsync(machine, (Api, OldApp), (Shop, NewApp), (Web, OldApp));
        (await ProgramsAsync(machine)).ShouldBe("portokd portokd portokd");
    }

    /// <summary>By the commands of docs/migration.md, instance by instance.</summary>
    private static async Task GoesBackAsync(TestMachine machine)
    {
        string page = await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "migration.md"), TestContext.Current.CancellationToken);
        string[] blocks = page[page.IndexOf("## How to go back", StringComparison.Ordinal)..].Split("```sh\n");
        string all = blocks[1].Split("```")[0], each = blocks[2].Split("```")[0];
        await machine.RunAsync($"sudo() {{ \"$@\"; }}; {all}");
        await machine.RunAsync("cp -p /var/lib/portok/web.json /var/lib/portok/default.json");
        foreach (string name in Names)
            await machine.RunAsync($"sudo() {{ \"$@\"; }}; {each.Replace("NAME", name, StringComparison.Ordinal)}");

        foreach (int port in (int[])[Api, Shop, Web])
            await NpmPortok.AnswersAsync(machine, port);
        (await ProgramsAsync(machine)).ShouldBe("perl perl perl");
        await ServeAsync(machine, (Api, OldApp), (Shop, NewApp), (Web, OldApp));
    }

    private static string Env(int port, string more) => $"# made by npm portok\nLISTEN_PORT={port}\nINITIAL_TARGET_PORT={OldApp}\nADMIN_TOKEN={Token}\n{more}\n";

    private static async Task SwitchAsync(TestMachine machine, int port, int to)
    {
        await using RawClient client = await machine.ConnectAsync(port);
        (await client.AskAsync($"POST /__switch?port={to} HTTP/1.1\r\nHost: machine.test\r\nx-admin-token: {Token}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")).Status.ShouldBe(200);
    }

    private static async Task ServeAsync(TestMachine machine, params (int Port, int App)[] expected)
    {
        foreach ((int port, int app) in expected)
            (await machine.GetAsync(port, "/version")).Text.ShouldBe(DemoApp.VersionOf(app), $"port {port}");
    }

    /// <summary>The names of the programs that the three services run.</summary>
    private static Task<string> ProgramsAsync(TestMachine machine) =>
        machine.RunAsync("for name in api shop web; do basename \"$(readlink \"/proc/$(systemctl show --property=MainPID --value portok@$name)/exe\")\"; done | xargs");

    /// <summary>All that a dry run must leave alone: units, env files, states, processes.</summary>
    private static Task<string> EverythingAsync(TestMachine machine) =>
        machine.RunAsync("find /etc/systemd /etc/portok /var/lib/portok /srv/portok -type f -exec stat -c '%n %a %U:%G' {} + -exec md5sum {} + ; systemctl show --property=MainPID --value portok@api portok@shop portok@web");
}

namespace Portok.EndToEnd.Tests.Signals;

/// <summary>SIGHUP: what may change while traffic runs does, and the daemon says what did not.</summary>
public sealed class HangUpTests
{
    private const string NewToken = "another-token-of-the-tests-0123456789";

    [Fact]
    public async Task HangUp_TokenChanged_NewOneIsGoodAndOldOneIsNot()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("x")));
        await using var instance = new TempInstance(app.Port) { UseEnvFile = true };
        PortokDaemon daemon = await instance.StartAsync();
        await using RawClient client = await daemon.ConnectAsync();
        await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        using var admin = new AdminClient(daemon.Port, NewToken);
        (await admin.StatusAsync()).Status.ShouldBe(401);

        instance.Settings["ADMIN_TOKEN"] = NewToken;
        instance.WriteEnvFile();
        daemon.HangUp();
        await Poll.ForAsync(admin.StatusAsync, status => status.Status == 200, what: "the new token to be good");
        (await daemon.Admin.StatusAsync()).Status.ShouldBe(401, "the old token");
        (await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("x", "open connections do not notice");
        await daemon.SaysAsync("ADMIN_TOKEN");
        daemon.Log.ShouldNotContain(NewToken);
    }

    [Fact]
    public async Task HangUp_LimitAndPortChanged_LimitHoldsAndPortIsSaidToNeedARestart()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Echo());
        await using var instance = new TempInstance(app.Port) { UseEnvFile = true };
        PortokDaemon daemon = await instance.StartAsync();
        instance.Settings["MAX_BODY_BYTES"] = "3";
        instance.Settings["LISTEN_PORT"] = $"{FreePort.Next()}";
        instance.WriteEnvFile();
        daemon.HangUp();
        const string post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
        await Poll.ForAsync(() => RawClient.AskOnceAsync(daemon.Port, post), answer => answer.Status == 413, what: "the new limit to hold");
        await daemon.SaysAsync("LISTEN_PORT", "restart");
    }

    [Fact]
    public async Task HangUp_SettingsBad_OldOnesStay()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("x")));
        await using var instance = new TempInstance(app.Port) { UseEnvFile = true };
        PortokDaemon daemon = await instance.StartAsync();
        instance.Settings["ADMIN_TOKEN"] = NewToken;
        instance.Settings["DRAIN_MS"] = "soon";
        instance.WriteEnvFile();
        daemon.HangUp();
        await daemon.SaysAsync("DRAIN_MS", "soon");
        (await daemon.Admin.StatusAsync()).Status.ShouldBe(200);
        daemon.HasExited.ShouldBeFalse();
    }

    [Fact]
    public async Task HangUp_ManyUnderLoad_LoseNothing()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("v1", "X-App-Version: v1")));
        await using var instance = new TempInstance(app.Port) { UseEnvFile = true };
        PortokDaemon daemon = await instance.StartAsync();
        await using LoadClient load = LoadClient.Start(daemon.Port, connections: 4, "v1", (_, _) => LoadRequest.Get());
        for (int turn = 0; turn < 10; turn++)
        {
            await load.FlowsAsync(50);
            daemon.HangUp();
        }

        await load.FlowsAsync(50);
        LoadReport report = await load.StopAsync();
        report.Failed.ShouldBe(0, report.ToString());
    }
}

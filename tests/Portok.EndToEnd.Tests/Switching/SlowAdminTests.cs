namespace Portok.EndToEnd.Tests.Switching;

/// <summary>The admin API is an upstream to the data plane, but the limits set for the app are not its own.</summary>
public sealed class SlowAdminTests
{
    [Fact]
    public async Task Switch_ProbeSlowerThanUpstreamResponseTimeout_IsStillAnswered()
    {
        await using ScriptedApp first = ScriptedApp.Start(Scripts.Always(Scripts.Ok("first")));
        await using ScriptedApp slow = ScriptedApp.Start(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await Task.Delay(1000);
                await connection.SendAsync(Scripts.Ok("ok"));
            },
            new ScriptedAppOptions { HealthPath = null });
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(first.Port, ("UPSTREAM_RESPONSE_TIMEOUT_MS", "300"));
        await using TempInstance owned = instance;
        AdminAnswer answer = await daemon.Admin.SwitchAsync(slow.Port);
        answer.Status.ShouldBe(200, answer.Text);
    }
}

namespace Portok.EndToEnd.Tests.Load;

/// <summary>
/// Admin calls make garbage. How much of it the runtime lets lie follows the processor's cache unless it is told: with the
/// cache of a large server the daemon grew to a hundred MiB and more before the first collection.
/// </summary>
public sealed class GarbageTests
{
    private const long MostHeapBytes = 24 << 20;

    [Fact]
    public async Task ManyAdminCalls_GarbageIsCollectedBeforeItIsMuch()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("well")));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port);
        await using TempInstance owned = instance;
        AdminAnswer metrics = await daemon.Admin.MetricsAsync();
        for (int i = 0; i < 1000; i++)
        {
            metrics = await daemon.Admin.MetricsAsync();
            metrics["process.gcHeapBytes"].GetInt64().ShouldBeLessThan(MostHeapBytes, metrics.Text);
        }

        metrics["process.gcCollections.gen0"].GetInt32().ShouldBeGreaterThan(0, metrics.Text);
    }
}

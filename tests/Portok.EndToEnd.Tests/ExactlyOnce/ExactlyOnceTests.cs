using System.Globalization;

namespace Portok.EndToEnd.Tests.ExactlyOnce;

/// <summary>However badly an app closes its connections: no POST is carried out twice, and nothing idempotent is lost.</summary>
[Collection(HeavyCollection.Name)]
public sealed class ExactlyOnceTests
{
    private const int Connections = 32;

    [Theory]
    [InlineData(100_000, 1024)]
    [InlineData(20_000, 6)]
    public async Task Orders_AppClosesConnectionsAtRandom_NoPostIsCarriedOutTwice_AndNothingIdempotentFails(int orders, int mostUpstreams)
    {
        await using CountingApp app = CountingApp.Start(orders);
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(
            app.Port,
            ("UPSTREAM_MAX_SOCKETS", mostUpstreams.ToString(CultureInfo.InvariantCulture)),
            // A probe is no order: none may come while orders are counted.
            ("ROLLBACK_CHECK_EVERY_MS", "86400000"),
            ("ROLLBACK_WINDOW_MS", "0"));
        await using TempInstance owned = instance;
        OrderReport report = await OrderRun.RunAsync(daemon.Port, app, orders, Connections);
        await Artifacts.WriteAsync("exactly-once.txt", $"at most {mostUpstreams} connections to the app", report.ToString());
        report.Faults.ShouldBeEmpty(report.ToString());
        report.Closes.Values.ShouldAllBe(count => count > 0);
        await Poll.UntilAsync(async () => (await daemon.Admin.MetricsAsync())["inflight"].GetInt64() == 0);
    }
}

using Portok.Compare.Load;
using Portok.Compare.Load.Clients;
using Portok.Compare.Origins;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Load;

public sealed class StreamClientsTests
{
    [Fact]
    public void Tunnels_MessagesComeBack_InOneRunAndTheNext()
    {
        int port = StartApp();
        using var echo = new TunnelEcho(port, 4);

        echo.Run(0.1).Count.ShouldBeGreaterThan(0);
        LoadResult again = echo.Run(0.1);

        again.Count.ShouldBeGreaterThan(0);
        again.Errors.ShouldBe(0);
        again.P99Ms.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Events_AreCountedEachOnce()
    {
        int port = StartApp();
        using var events = new EventStreams(port, 4);

        LoadResult seen = events.Run(1);

        // Four streams, an event every 10 ms on each; a machine that is busy may be behind, never ahead.
        seen.Count.ShouldBeInRange(1, 410);
        seen.Errors.ShouldBe(0);
        events.FirstByteMs(3).ShouldBeGreaterThan(0);
    }

    private static int StartApp()
    {
        int port = FreePort.Next();
        new Thread(() => StreamApp.Run(port)) { IsBackground = true }.Start();
        Poll.UntilAsync(() => Task.FromResult(!FreePort.IsFree(port)), Patience.Normal, "the app to listen").GetAwaiter().GetResult();
        return port;
    }
}

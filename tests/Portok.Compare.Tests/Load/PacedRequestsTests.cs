using Portok.Compare.Load.Clients;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Load;

public sealed class PacedRequestsTests
{
    private const int StallMs = 500;

    /// <summary>One stall holds up all requests that fall due in it. A client that only looks from request to answer sees one.</summary>
    [Fact]
    public async Task Times_AppStallsOnce_AreCountedFromWhenEachWasDue()
    {
        int requests = 0;
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            while (await connection.HasMoreAsync())
            {
                await connection.ReadRequestAsync();
                if (Interlocked.Increment(ref requests) == 20)
                {
                    await Task.Delay(StallMs);
                }

                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        });

        List<PacedRequest> done = await PacedRequests.RunAsync(app.Port, connections: 1, rate: 100, seconds: 1, bodyBytes: 2);

        done.Count.ShouldBe(100);
        done.ShouldAllBe(request => request.TookMs > 0);
        // Half a second at 100 a second: fifty were due, half of them waited for more than half of it.
        done.Count(request => request.TookMs > StallMs / 2).ShouldBeGreaterThanOrEqualTo(20);
    }

    [Fact]
    public async Task Requests_OfAConnectionThatIsCut_AreLostAndNotTriedAgain()
    {
        int requests = 0;
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            while (await connection.HasMoreAsync())
            {
                await connection.ReadRequestAsync();
                if (Interlocked.Increment(ref requests) == 10)
                {
                    return;
                }

                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        });

        List<PacedRequest> done = await PacedRequests.RunAsync(app.Port, connections: 2, rate: 100, seconds: 0.5, bodyBytes: 2);

        done.Count.ShouldBe(50);
        done.Count(request => double.IsNaN(request.TookMs)).ShouldBe(1);
        requests.ShouldBe(50);
    }
}

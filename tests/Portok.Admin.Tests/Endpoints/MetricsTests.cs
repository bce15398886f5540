using Portok.Admin.Tests.Support;
using Portok.Deployment;

namespace Portok.Admin.Tests.Endpoints;

public class MetricsTests
{
    [Fact]
    public async Task Counters_AreEachInTheirPlace()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Deployment.Status = admin.Deployment.Status with { Health = new HealthStatus(false, Moments.Now, 2) };
        (await admin.UnixAsync("GET", "/__metrics")).Body.ShouldBe(JsonText.Compact("""
            {
              "startedAt": "2024-01-15T10:00:00.000Z",
              "inflight": 1,
              "inflightMax": 2,
              "totalRequests": 3,
              "totalProxyErrors": 4,
              "statusCounters": { "1xx": 11, "2xx": 12, "3xx": 13, "4xx": 14, "5xx": 15 },
              "rollingRps60": 16.12,
              "health": { "activePortOk": false, "lastCheckedAt": "2024-01-15T10:30:05.678Z", "consecutiveFails": 2 },
              "lastProxyError": {
                "at": "2024-01-15T10:30:00.000Z", "kind": "connection_refused", "message": "nothing listens on 8080", "port": 8080
              },
              "latency": { "p50": 1, "p90": 2.5, "p95": 3.25, "p99": 4.125, "max": 100 },
              "bytes": { "fromClients": 28, "toClients": 29 },
              "connections": { "clientsOpen": 24, "clientsAccepted": 25, "upstreamOpen": 22, "upstreamIdle": 23 },
              "tunnels": { "open": 26, "total": 27 },
              "cut": { "requests": 30, "tunnels": 31 },
              "targets": [
                { "port": 8080, "active": true, "requests": 41, "inflight": 42, "tunnels": 43, "errors": 44 },
                { "port": 8081, "active": false, "requests": 51, "inflight": 52, "tunnels": 53, "errors": 54 }
              ],
              "reactors": [
                { "clientsOpen": 71, "clientsAccepted": 72, "requests": 73 },
                { "clientsOpen": 81, "clientsAccepted": 82, "requests": 83 }
              ],
              "process": {
                "rssBytes": 61, "openDescriptors": 62, "threads": 63, "cpuSeconds": 6.4,
                "gcCollections": { "gen0": 68, "gen1": 67, "gen2": 66 }, "gcHeapBytes": 65
              }
            }
            """));
    }

    [Fact]
    public async Task FastPath_ReportsNullUnderTheKeys()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Traffic.Snapshot = admin.Traffic.Snapshot with { Statuses = null, RollingRps60 = null, Latency = null, LastProxyError = null };
        (await admin.UnixAsync("GET", "/__metrics")).Body.ShouldBe(JsonText.Compact("""
            {
              "startedAt": "2024-01-15T10:00:00.000Z",
              "inflight": 1,
              "inflightMax": 2,
              "totalRequests": 3,
              "totalProxyErrors": 4,
              "statusCounters": null,
              "rollingRps60": null,
              "health": { "activePortOk": null, "lastCheckedAt": null, "consecutiveFails": 0 },
              "lastProxyError": null,
              "latency": null,
              "bytes": { "fromClients": 28, "toClients": 29 },
              "connections": { "clientsOpen": 24, "clientsAccepted": 25, "upstreamOpen": 22, "upstreamIdle": 23 },
              "tunnels": { "open": 26, "total": 27 },
              "cut": { "requests": 30, "tunnels": 31 },
              "targets": [
                { "port": 8080, "active": true, "requests": 41, "inflight": 42, "tunnels": 43, "errors": 44 },
                { "port": 8081, "active": false, "requests": 51, "inflight": 52, "tunnels": 53, "errors": 54 }
              ],
              "reactors": [
                { "clientsOpen": 71, "clientsAccepted": 72, "requests": 73 },
                { "clientsOpen": 81, "clientsAccepted": 82, "requests": 83 }
              ],
              "process": {
                "rssBytes": 61, "openDescriptors": 62, "threads": 63, "cpuSeconds": 6.4,
                "gcCollections": { "gen0": 68, "gen1": 67, "gen2": 66 }, "gcHeapBytes": 65
              }
            }
            """));
    }

    [Fact]
    public async Task UpstreamSocketsCreated_IsThereWithDebugUpstreamOnly()
    {
        await using AdminUnderTest plain = await AdminUnderTest.StartAsync();
        (await plain.UnixAsync("GET", "/__metrics")).Body.ShouldNotContain("upstreamSocketsCreated");
        await using AdminUnderTest debug = await AdminUnderTest.StartAsync(s => s with { DebugUpstream = true });
        (await debug.UnixAsync("GET", "/__metrics")).Body.ShouldContain("\"upstreamSocketsCreated\":21,");
    }
}

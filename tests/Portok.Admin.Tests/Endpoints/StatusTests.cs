using Portok.Admin.Tests.Support;
using Portok.Deployment;

namespace Portok.Admin.Tests.Endpoints;

public class StatusTests
{
    [Fact]
    public async Task BeforeTheFirstSwitch_NullsAreWritten()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        (await admin.UnixAsync("GET", "/__status")).Body.ShouldBe(JsonText.Compact("""
            {
              "activePort": 8080,
              "drainUntil": null,
              "lastSwitch": null,
              "instance": "default",
              "version": "2.0.0-test",
              "uptimeSeconds": 1805,
              "rollback": { "armedUntil": null, "failures": 0, "previousPort": null },
              "drain": null,
              "drains": []
            }
            """));
    }

    [Fact]
    public async Task InTheMiddleOfThings_SaysThemAll()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Deployment.Status = new DeploymentStatus(
            "shop",
            8080,
            Moments.Start,
            FakeDeployment.Record,
            new RollbackStatus(Moments.Switched.AddSeconds(60), 2, 8081),
            [new DrainStatus(8082, 1, 0, Moments.Switched.AddSeconds(10)), new DrainStatus(8081, 3, 4, Moments.Switched.AddSeconds(30))],
            new HealthStatus(true, Moments.Now, 0));

        (await admin.UnixAsync("GET", "/__status")).Body.ShouldBe(JsonText.Compact("""
            {
              "activePort": 8080,
              "drainUntil": "2024-01-15T10:30:30.000Z",
              "lastSwitch": { "from": 8081, "to": 8080, "at": "2024-01-15T10:30:00.000Z", "reason": "manual", "id": "3f0c" },
              "instance": "shop",
              "version": "2.0.0-test",
              "uptimeSeconds": 1805,
              "rollback": { "armedUntil": "2024-01-15T10:31:00.000Z", "failures": 2, "previousPort": 8081 },
              "drain": { "port": 8081, "inflight": 3, "tunnels": 4, "until": "2024-01-15T10:30:30.000Z" },
              "drains": [
                { "port": 8081, "inflight": 3, "tunnels": 4, "until": "2024-01-15T10:30:30.000Z" },
                { "port": 8082, "inflight": 1, "tunnels": 0, "until": "2024-01-15T10:30:10.000Z" }
              ]
            }
            """));
    }

    [Fact]
    public async Task Query_IsPassedOver()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        (await admin.UnixAsync("GET", "/__status?_=123")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Head_GivesTheHeadersOfGet()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        string get = (await admin.UnixAsync("GET", "/__status")).Body;
        string head = await AdminUnderTest.RawAsync(
            admin.Settings.UnixSocketPath!, "HEAD /__status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        head.ShouldStartWith("HTTP/1.1 200 ");
        head.ShouldContain($"\r\nContent-Length: {get.Length}\r\n");
        head.ShouldEndWith("\r\n\r\n");
    }

    [Fact]
    public async Task ClockSetBack_UptimeIsNotNegative()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Deployment.Status = admin.Deployment.Status with { StartedAt = Moments.Now.AddHours(1) };
        (await admin.UnixAsync("GET", "/__status")).Body.ShouldContain("\"uptimeSeconds\":0,");
    }
}

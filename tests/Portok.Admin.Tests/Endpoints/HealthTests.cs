using Portok.Admin.Tests.Support;

namespace Portok.Admin.Tests.Endpoints;

public class HealthTests
{
    [Fact]
    public async Task Healthy_Is200()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        Reply reply = await admin.PublicAsync("GET", "/__health");
        reply.Status.ShouldBe(200);
        reply.Body.ShouldBe(JsonText.Compact("""
            {"healthy":true,"port":8080,"checkedAt":"2024-01-15T10:30:05.678Z",
            "probe":{"status":200,"elapsedMs":3.251,"failure":null,"bodyStart":"ok"}}
            """));
    }

    [Fact]
    public async Task NotHealthy_Is503_AndAnErrorLikeAnyOther()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Deployment.OnProbe = _ => Task.FromResult(FakeDeployment.Sick(8080));
        Reply reply = await admin.PublicAsync("GET", "/__health");
        reply.ShouldBeError(503, "Unhealthy");
        reply.Body.ShouldBe(JsonText.Compact("""
            {"healthy":false,"port":8080,"checkedAt":"2024-01-15T10:30:05.678Z",
            "probe":{"status":500,"elapsedMs":12.5,"failure":"status","bodyStart":"db down"},
            "error":"Unhealthy","message":"Port 8080 did not respond with 2xx at /health"}
            """));
    }
}

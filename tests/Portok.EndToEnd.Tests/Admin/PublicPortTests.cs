using System.Text.Json;

namespace Portok.EndToEnd.Tests.Admin;

/// <summary>The admin API on the public port: exact paths only, guarded, and apart from the app's traffic.</summary>
public sealed class PublicPortTests(PublicPortTests.Fixture portok) : IClassFixture<PublicPortTests.Fixture>
{
    private const string Token = "x-admin-token: " + TempInstance.Token;

    public sealed class Fixture : PortokFixture
    {
        protected override IEnumerable<(string Name, string Value)> Settings => [("DEBUG_UPSTREAM", "1")];
    }

    [Theory]
    [InlineData("/%5f%5fstatus")]
    [InlineData("/__other")]
    [InlineData("//__status")]
    [InlineData("/__status/")]
    [InlineData("/__Status")]
    [InlineData("/__status;x")]
    [InlineData("/__statusx")]
    [InlineData("/x/__status")]
    [InlineData("/./__status")]
    [InlineData("/x/../__status")]
    [InlineData("/__status%3fx")]
    [InlineData("/__")]
    public async Task Path_NotExactlyAnAdminOne_BelongsToTheApp(string path)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync($"GET {path} HTTP/1.1\r\nHost: a\r\n{Token}\r\n\r\n")).Text.ShouldBe(path);
        (await app.RequestAsync()).Has("x-admin-token").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/__status?x=1")]
    [InlineData("/__status?")]
    [InlineData("http://any.test/__status")]
    public async Task Path_ExactlyAnAdminOneBeforeItsQuery_IsAnsweredByPortok(string target)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync($"GET {target} HTTP/1.1\r\nHost: a\r\n{Token}\r\n\r\n");
        answer.Status.ShouldBe(200, answer.ToString());
        JsonDocument.Parse(answer.Text).RootElement.GetProperty("activePort").GetInt32().ShouldBe(app.Port);
        app.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_AreJsonThatIsNotStored()
    {
        foreach (AdminAnswer answer in new[] { await portok.Daemon.Admin.StatusAsync(), await portok.Daemon.Admin.CallAsync(HttpMethod.Post, "/__switch?port=x") })
        {
            answer.Fields["content-type"].ShouldStartWith("application/json");
            answer.Fields["cache-control"].ShouldBe("no-store");
        }
    }

    [Fact]
    public async Task AdminAndApp_OnOneConnection_AlternateAndPipeline()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        string admin = $"GET /__status HTTP/1.1\r\nHost: a\r\n{Token}\r\n\r\n";
        const string get = "GET /app HTTP/1.1\r\nHost: a\r\n\r\n";
        await client.SendAsync(get + admin + get + admin);
        (await client.ReadResponseAsync()).Text.ShouldBe("/app");
        (await client.ReadResponseAsync()).Text.ShouldContain("\"activePort\"");
        (await client.ReadResponseAsync()).Text.ShouldBe("/app");
        (await client.ReadResponseAsync()).Text.ShouldContain("\"activePort\"");
    }

    [Fact]
    public async Task Status_HasTheKeysOfNpmPortokAndMore()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        AdminAnswer status = await portok.Daemon.Admin.StatusAsync();
        status["activePort"].GetInt32().ShouldBe(app.Port);
        foreach (string path in new[] { "drainUntil", "lastSwitch.from", "lastSwitch.to", "lastSwitch.at", "lastSwitch.reason", "lastSwitch.id", "version", "rollback.armedUntil", "rollback.failures", "rollback.previousPort", "drain" })
            status[path].ValueKind.ShouldNotBe(JsonValueKind.Undefined, path);
        status["instance"].GetString().ShouldBe("test");
        status["uptimeSeconds"].GetInt64().ShouldBeInRange(0, 3600);
    }

    [Fact]
    public async Task Metrics_HasTheKeysOfNpmPortok()
    {
        AdminAnswer metrics = await portok.Daemon.Admin.MetricsAsync();
        foreach (string path in new[]
        {
            "startedAt", "inflight", "inflightMax", "totalRequests", "totalProxyErrors", "statusCounters.2xx", "statusCounters.3xx", "statusCounters.4xx",
            "statusCounters.5xx", "rollingRps60", "health.activePortOk", "health.lastCheckedAt", "health.consecutiveFails", "lastProxyError", "upstreamSocketsCreated",
        })
            metrics[path].ValueKind.ShouldNotBe(JsonValueKind.Undefined, path);
        metrics["startedAt"].GetDateTimeOffset().ShouldBeLessThan(DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Metrics_CountTheAppsTrafficAndNotTheAdmins()
    {
        await using ScriptedApp app = await portok.BehindAsync(
            Scripts.Each(request => $"HTTP/1.1 {request.Target[1..]} Status\r\nContent-Length: 0\r\n\r\n"));
        AdminAnswer before = await portok.Daemon.Admin.MetricsAsync();
        await using RawClient client = await portok.ConnectAsync();
        foreach (int status in new[] { 200, 201, 302, 404, 404, 404, 500 })
            await client.AskAsync($"GET /{status} HTTP/1.1\r\nHost: a\r\n\r\n");
        await portok.Daemon.Admin.StatusAsync();
        AdminAnswer after = await Poll.ForAsync(
            portok.Daemon.Admin.MetricsAsync, metrics => Grown("totalRequests", metrics) >= 7 && metrics["inflight"].GetInt64() == 0, what: "the counts");
        Grown("totalRequests", after).ShouldBe(7);
        Grown("statusCounters.2xx", after).ShouldBe(2);
        Grown("statusCounters.3xx", after).ShouldBe(1);
        Grown("statusCounters.4xx", after).ShouldBe(3);
        Grown("statusCounters.5xx", after).ShouldBe(1);

        long Grown(string path, AdminAnswer now) => now[path].GetInt64() - before[path].GetInt64();
    }

    [Fact]
    public async Task Health_ProbesTheActivePortNow()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        AdminAnswer well = await portok.Daemon.Admin.HealthAsync();
        well.Status.ShouldBe(200);
        well["healthy"].GetBoolean().ShouldBeTrue();
        well["port"].GetInt32().ShouldBe(app.Port);
        app.Probe = ProbeAnswer.Failing;
        AdminAnswer unwell = await portok.Daemon.Admin.HealthAsync();
        unwell.Status.ShouldBe(503);
        unwell["healthy"].GetBoolean().ShouldBeFalse();
        unwell["probe.status"].GetInt32().ShouldBe(500);
        unwell["probe.failure"].GetString().ShouldBe("status");
    }
}

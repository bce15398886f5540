using Portok.Admin.Tests.Support;
using Portok.Deployment.Switching;

namespace Portok.Admin.Tests.Serving;

public class LiveSettingsTests
{
    [Fact]
    public async Task Token_Changed_HoldsOnBothSocketsAtOnce()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Server.Apply(admin.Settings with { Token = "new" });
        (await admin.PublicAsync("GET", "/__status")).Status.ShouldBe(401);
        (await admin.PublicAsync("GET", "/__status", token: "new")).Status.ShouldBe(200);
        (await admin.UnixAsync("GET", "/__status", ("x-admin-token", AdminUnderTest.Token))).Status.ShouldBe(401);
        (await admin.UnixAsync("GET", "/__status", ("x-admin-token", "new"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Allowlist_Changed_Holds()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Server.Apply(admin.Settings with { Allowlist = Headers.Allow("203.0.113.0/24") });
        (await admin.PublicAsync("GET", "/__status", peer: "203.0.113.9")).Status.ShouldBe(200);
        (await admin.PublicAsync("GET", "/__status")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task RateLimit_Changed_HoldsAndKeepsItsCounts()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync(s => s with { RateLimitPerMinute = 2 });
        await admin.PublicAsync("GET", "/__status");
        await admin.PublicAsync("GET", "/__status");
        (await admin.PublicAsync("GET", "/__status")).Status.ShouldBe(429);
        admin.Server.Apply(admin.Settings with { RateLimitPerMinute = 3 });
        (await admin.PublicAsync("GET", "/__status")).Status.ShouldBe(200);
        (await admin.PublicAsync("GET", "/__status")).Status.ShouldBe(429);
        admin.Server.Apply(admin.Settings with { RateLimitPerMinute = 0 });
        (await admin.PublicAsync("GET", "/__status")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task HealthPathAndDebugOutput_Changed_Hold()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Deployment.Outcome(SwitchOutcomeKind.ProbeFailed, FakeDeployment.Sick(8081));
        admin.Server.Apply(admin.Settings with { HealthPath = "/ready", DebugUpstream = true });
        (await admin.UnixAsync("POST", "/__switch?port=8081")).Error.Message.ShouldEndWith("/ready");
        (await admin.UnixAsync("GET", "/__metrics")).Body.ShouldContain("upstreamSocketsCreated");
    }

    [Fact]
    public async Task SettingsApplied_AreLoggedWithoutTheToken()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Server.Apply(admin.Settings with { Token = "brand-new-token" });
        admin.Log.Texts(2003).ShouldHaveSingleItem().ShouldContain("127.0.0.1/32,::1/128");
        admin.Log.Lines.ShouldAllBe(line => !line.Text.Contains("brand-new-token"));
        (admin.Settings with { Token = "brand-new-token" }).ToString().ShouldNotContain("brand-new-token");
    }
}

using System.Globalization;

namespace Portok.EndToEnd.Tests.Admin;

/// <summary>Who may use the admin API on the public port: address, then rate, then token, then method, then arguments.</summary>
public sealed class GuardTests(GuardTests.Fixture portok) : IClassFixture<GuardTests.Fixture>
{
    private const string Right = "x-admin-token: " + TempInstance.Token;

    public sealed class Fixture : PortokFixture
    {
        protected override IEnumerable<(string Name, string Value)> Settings => [("ADMIN_ALLOWLIST", "127.0.0.1,::1,10.1.0.0/16")];
    }

    [Theory]
    [InlineData("")]
    [InlineData("x-admin-token: wrong")]
    [InlineData("x-admin-token: ")]
    [InlineData("x-admin-token: " + TempInstance.Token + "x")]
    [InlineData("Authorization: Bearer wrong")]
    [InlineData("Authorization: Basic " + TempInstance.Token)]
    public async Task Token_MissingOrWrong_Is401(string field)
    {
        foreach (string path in new[] { "/__status", "/__metrics", "/__health", "/__switch?port=1" })
        {
            WireMessage answer = await AskAsync(path.StartsWith("/__switch", StringComparison.Ordinal) ? "POST" : "GET", path, field);
            answer.Status.ShouldBe(401, answer.ToString());
            answer.Text.ShouldContain("\"error\"");
            answer.Text.ShouldContain("\"message\"");
        }
    }

    [Theory]
    [InlineData(Right)]
    [InlineData("X-ADMIN-TOKEN: " + TempInstance.Token)]
    [InlineData("Authorization: Bearer " + TempInstance.Token)]
    public async Task Token_Right_Is200(string field) => (await AskAsync("GET", "/__status", field)).Status.ShouldBe(200);

    [Theory]
    [InlineData("POST", "/__status", "GET")]
    [InlineData("DELETE", "/__metrics", "GET")]
    [InlineData("POST", "/__health", "GET")]
    [InlineData("GET", "/__switch?port=1", "POST")]
    public async Task Method_Wrong_Is405WithAllow(string method, string path, string allow)
    {
        WireMessage answer = await AskAsync(method, path, Right);
        answer.Status.ShouldBe(405, answer.ToString());
        answer["Allow"].ShouldNotBeNull().ShouldContain(allow);
        answer.Text.ShouldContain("\"error\"");
    }

    [Fact]
    public async Task Method_WrongAndTokenWrong_Is401First() => (await AskAsync("POST", "/__status", "x-admin-token: no")).Status.ShouldBe(401);

    [Theory]
    [InlineData("X-Forwarded-For: 203.0.113.7", 403)]
    [InlineData("X-Forwarded-For: 10.1.2.3", 200)]
    [InlineData("X-Forwarded-For: 127.0.0.1", 200)]
    [InlineData("X-Forwarded-For: 127.0.0.1, 203.0.113.7", 403)]
    [InlineData("X-Forwarded-For: 203.0.113.7, 127.0.0.1", 403)]
    [InlineData("X-Forwarded-For: nonsense", 403)]
    [InlineData("Forwarded: for=203.0.113.7", 403)]
    [InlineData("Forwarded: for=10.1.2.3;proto=http", 200)]
    [InlineData("Forwarded: for=\"[2001:db8::1]:4711\"", 403)]
    public async Task Address_ForwardedForSomebodyElse_ThatOneMustBeAllowedToo(string field, int status)
        => (await AskAsync("GET", "/__status", $"{Right}\r\n{field}")).Status.ShouldBe(status);

    [Theory]
    [InlineData("x-portok-peer: 127.0.0.1")]
    [InlineData("X-Portok-Peer: 10.1.2.3\r\nx-portok-peer: ::1")]
    public async Task Peer_ClaimedByTheClient_DoesNothing(string field)
    {
        // The forwarded address is refused, whatever peer the client claims; and an honest one is not harmed by the claim.
        (await AskAsync("GET", "/__status", $"{Right}\r\n{field}\r\nX-Forwarded-For: 203.0.113.7")).Status.ShouldBe(403);
        (await AskAsync("GET", "/__status", $"{Right}\r\n{field}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Body_OfAnAdminRequest_DoesNotDisturbTheConnection()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("app")));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync($"POST /__switch?port=x HTTP/1.1\r\nHost: a\r\n{Right}\r\nContent-Length: 5\r\n\r\nhello")).Status.ShouldBe(400);
        WireMessage next = await RawClient.AskOnceAsync(portok.Daemon.Port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        next.Text.ShouldBe("app");
    }

    private Task<WireMessage> AskAsync(string method, string path, string field)
        => RawClient.AskOnceAsync(portok.Daemon.Port, $"{method} {path} HTTP/1.1\r\nHost: a\r\n{(field.Length > 0 ? field + "\r\n" : "")}{(method is "GET" ? "" : "Content-Length: 0\r\n")}\r\n");
}

/// <summary>Addresses that are not allowed, rates that are too high.</summary>
public sealed class GuardLimitsTests
{
    private const string Status = "GET /__status HTTP/1.1\r\nHost: a\r\nx-admin-token: " + TempInstance.Token + "\r\n\r\n";

    [Fact]
    public async Task Address_NotAllowed_Is403WhateverTheToken()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("app")));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port, ("ADMIN_ALLOWLIST", "10.0.0.0/8"));
        await using TempInstance owned = instance;
        WireMessage answer = await RawClient.AskOnceAsync(daemon.Port, Status);
        answer.Status.ShouldBe(403);
        answer.Text.ShouldContain("\"error\"");
        (await RawClient.AskOnceAsync(daemon.Port, Status.Replace("\r\n\r\n", "\r\nx-portok-peer: 10.0.0.1\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n", StringComparison.Ordinal))).Status.ShouldBe(403);
        (await RawClient.AskOnceAsync(daemon.Port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("app", "the app's traffic is for everybody");
    }

    [Fact]
    public async Task Rate_OverTheLimit_Is429WithRetryAfterAndTheAppIsNotTouched()
    {
        const int limit = 12;
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("app")));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(
            app.Port, ("ADMIN_RATE_LIMIT_PER_MINUTE", limit.ToString(CultureInfo.InvariantCulture)));
        await using TempInstance owned = instance;
        WireMessage? refused = null;
        int served = 0;
        for (int turn = 0; turn <= limit && refused is null; turn++)
        {
            WireMessage answer = await RawClient.AskOnceAsync(daemon.Port, Status);
            if (answer.Status == 429)
                refused = answer;
            else
                served++;
        }

        served.ShouldBeInRange(limit - 4, limit, "the start asked a few times too");
        refused.ShouldNotBeNull();
        int.Parse(refused["Retry-After"].ShouldNotBeNull(), CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        refused.Text.ShouldContain("\"error\"");
        for (int turn = 0; turn < 50; turn++)
            (await RawClient.AskOnceAsync(daemon.Port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("app");
    }

    [Fact]
    public async Task Rate_WrongTokens_CountDouble()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("app")));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port, ("ADMIN_RATE_LIMIT_PER_MINUTE", "20"));
        await using TempInstance owned = instance;
        int refusedAt = 0;
        for (int turn = 1; turn <= 20 && refusedAt == 0; turn++)
        {
            if ((await RawClient.AskOnceAsync(daemon.Port, "GET /__status HTTP/1.1\r\nHost: a\r\nx-admin-token: wrong\r\n\r\n")).Status == 429)
                refusedAt = turn;
        }

        refusedAt.ShouldBeInRange(8, 11);
        await daemon.SaysAsync("\"level\":\"warn\"", "127.0.0.1");
        daemon.Log.ShouldNotContain(TempInstance.Token);
    }
}

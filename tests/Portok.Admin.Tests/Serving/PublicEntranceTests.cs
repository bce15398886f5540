using Portok.Admin.Tests.Support;

namespace Portok.Admin.Tests.Serving;

/// <summary>What comes from the public port passes address (403), rate (429), token (401), method (405), arguments (400), in this order.</summary>
public class PublicEntranceTests
{
    [Fact]
    public async Task Request_WithEverythingRight_IsAnswered()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        Reply reply = await admin.PublicAsync("GET", "/__status");
        reply.Status.ShouldBe(200);
        reply.Headers["Content-Type"].ShouldBe("application/json");
        reply.Headers["Cache-Control"].ShouldBe("no-store");
        reply.Headers.ShouldNotContainKey("Server");
    }

    [Fact]
    public async Task Address_ComesBeforeEverythingElse()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync(s => s with { RateLimitPerMinute = 1 });
        for (int i = 0; i < 3; i++)
            (await admin.PublicAsync("PUT", "/__switch?port=x", peer: "203.0.113.9", token: "wrong")).ShouldBeError(403, "Forbidden");

        admin.Log.Texts(2103).ShouldBeEmpty();
        (await admin.PublicAsync("GET", "/__status")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Rate_ComesBeforeToken()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync(s => s with { RateLimitPerMinute = 1 });
        (await admin.PublicAsync("GET", "/__status")).Status.ShouldBe(200);
        Reply reply = await admin.PublicAsync("PUT", "/__switch?port=x", token: "wrong");
        reply.ShouldBeError(429, "Too many requests");
        reply.Headers["Retry-After"].ShouldBe("60");
    }

    [Fact]
    public async Task Token_ComesBeforeMethod()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        Reply reply = await admin.PublicAsync("PUT", "/__switch?port=x", token: "wrong");
        reply.ShouldBeError(401, "Unauthorized");
        reply.Headers["WWW-Authenticate"].ShouldStartWith("Bearer ");
        reply = await admin.PublicAsync("PUT", "/__switch?port=x", token: null);
        reply.ShouldBeError(401, "Unauthorized");
        reply.Headers["WWW-Authenticate"].ShouldStartWith("Bearer ");
    }

    [Theory]
    [InlineData("GET", "/__switch?port=x", "POST")]
    [InlineData("HEAD", "/__switch?port=8081", "POST")]
    [InlineData("OPTIONS", "/__switch", "POST")]
    [InlineData("POST", "/__status", "GET, HEAD")]
    [InlineData("DELETE", "/__metrics", "GET, HEAD")]
    [InlineData("POST", "/__health", "GET, HEAD")]
    public async Task Method_ComesBeforeArguments(string method, string target, string allow)
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        Reply reply = await admin.PublicAsync(method, target);
        reply.Status.ShouldBe(405);
        reply.Headers["Allow"].ShouldBe(allow);
        if (method is not "HEAD")
            reply.ShouldBeError(405, "Method not allowed");
        admin.Deployment.Switches.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/__switch", "Invalid port")]
    [InlineData("/__switch?port=x", "Invalid port")]
    [InlineData("/__switch?port=8081&expect=x", "Invalid argument")]
    public async Task Arguments_NotValid_Are400(string target, string error)
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        (await admin.PublicAsync("POST", target)).ShouldBeError(400, error);
        admin.Deployment.Switches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Peer_NotSaidByTheDataPlane_IsRefused()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        (await admin.PublicAsync("GET", "/__status", peer: null)).ShouldBeError(403, "Forbidden");
        (await admin.PublicAsync("GET", "/__status", peer: null, headers: [("x-portok-peer", "127.0.0.1"), ("x-portok-peer", "127.0.0.1")]))
            .ShouldBeError(403, "Forbidden");
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9", "203.0.113.9")]
    [InlineData("X-Forwarded-For", "unknown", "readably")]
    public async Task Request_RelayedForAStranger_IsRefusedThoughItsTokenIsRight(string name, string value, string words)
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        Reply reply = await admin.PublicAsync("GET", "/__status", headers: (name, value));
        reply.ShouldBeError(403, "Forbidden");
        reply.Error.Message.ShouldContain(words);
    }

    [Theory]
    [InlineData("X-Forwarded-For:", 403)]
    [InlineData("Forwarded: ", 403)]
    [InlineData("x-forwarded-for: 127.0.0.1\r\nX-Forwarded-For:", 403)]
    [InlineData("x-portok-peer:", 403)]
    [InlineData("Authorization: Bearer", 401)]
    [InlineData("Authorization: Basic eDp5", 200)]
    [InlineData("X-Admin-Token:", 401)]
    public async Task Header_PresentButEmpty_IsPresent(string lines, int status)
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        string answer = await AdminUnderTest.RawAsync(
            admin.Server.PrivateSocketPath,
            $"GET /__status HTTP/1.1\r\nHost: x\r\nx-portok-peer: 127.0.0.1\r\nx-admin-token: {AdminUnderTest.Token}\r\n{lines}\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith($"HTTP/1.1 {status} ");
    }

    [Fact]
    public async Task Request_RelayedForAnAllowedAddress_IsAnswered()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        (await admin.PublicAsync("GET", "/__status", headers: [("X-Forwarded-For", "::1"), ("Forwarded", "for=127.0.0.1")])).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Bearer_DoesAsWell()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        (await admin.PublicAsync("GET", "/__status", token: null, headers: ("Authorization", "Bearer " + AdminUnderTest.Token))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task WrongTokens_CountDouble_AndEndIn429()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync(s => s with { RateLimitPerMinute = 10 });
        var statuses = new List<int>();
        for (int i = 0; i < 7; i++)
            statuses.Add((await admin.PublicAsync("GET", "/__status", token: "guess" + i)).Status);
        statuses.ShouldBe([401, 401, 401, 401, 401, 429, 429]);

        admin.Time.Advance(TimeSpan.FromSeconds(60));
        (await admin.PublicAsync("GET", "/__status")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task RateLimit_IsPerAddress()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync(s => s with { RateLimitPerMinute = 1 });
        (await admin.PublicAsync("GET", "/__status")).Status.ShouldBe(200);
        (await admin.PublicAsync("GET", "/__status", peer: "::1")).Status.ShouldBe(200);
        (await admin.PublicAsync("GET", "/__status", peer: "::ffff:127.0.0.1")).Status.ShouldBe(429);
    }

    [Fact]
    public async Task WrongToken_IsLoggedWithTheAddress_NeverWithTheToken()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        await admin.PublicAsync("GET", "/__status", token: "guessed-token");
        admin.Log.Texts(2103).ShouldHaveSingleItem().ShouldContain("127.0.0.1");
        admin.Log.Lines.ShouldAllBe(line => !line.Text.Contains("guessed-token") && !line.Text.Contains(AdminUnderTest.Token));
    }

    [Fact]
    public async Task NothingAClientWrites_ReachesTheLog()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        const string Evil = "EVIL";
        await admin.PublicAsync("GET", "/__status?EVIL=EVIL", peer: Evil);
        await admin.PublicAsync("EVIL", "/__status", headers: ("X-Forwarded-For", Evil));
        await admin.PublicAsync("EVIL", "/__switch?EVIL");
        await admin.PublicAsync("GET", "/EVIL", token: Evil);
        await admin.PublicAsync("GET", "/EVIL");
        await admin.PublicAsync("POST", "/__switch?port=8081&id=EVIL&reason=EVIL");
        admin.Log.Lines.ShouldNotBeEmpty();
        admin.Log.Lines.ShouldAllBe(line => !line.Text.Contains(Evil));
    }

    [Fact]
    public async Task Refusals_DoNotFillTheLog()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        for (int i = 0; i < 50; i++)
            await admin.PublicAsync("GET", "/__status", peer: "203.0.113.9");
        admin.Log.Texts(2100).Count().ShouldBe(20);

        admin.Time.Advance(TimeSpan.FromMinutes(1));
        await admin.PublicAsync("GET", "/__status", peer: "203.0.113.9");
        admin.Log.Texts(2100).Last().ShouldContain("30 such lines left out");
    }

    [Fact]
    public async Task Socket_IsForTheOwnerOnly()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        File.GetUnixFileMode(admin.Server.PrivateSocketPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.GetDirectoryName(admin.Server.PrivateSocketPath)!)
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

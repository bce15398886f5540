using Portok.Admin.Sockets;
using Portok.Admin.Tests.Support;

namespace Portok.Admin.Tests.Serving;

/// <summary>ADMIN_UNIX_SOCKET: no address, no rate limit; root and the service's own user need no token.</summary>
public class UnixEntranceTests
{
    private const uint Service = 990;
    private const uint Stranger = 1000;

    [Theory]
    [InlineData(0u)]
    [InlineData(Service)]
    public async Task RootAndTheServicesUser_NeedNoToken(uint uid)
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Credentials.Peer = uid;
        (await admin.UnixAsync("GET", "/__status")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(Service)]
    [InlineData(Stranger)]
    public async Task Token_ThatIsPresented_MustBeRightForEverybody(uint uid)
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Credentials.Peer = uid;
        (await admin.UnixAsync("GET", "/__status", ("x-admin-token", "wrong"))).ShouldBeError(401, "Unauthorized");
        (await admin.UnixAsync("GET", "/__status", ("x-admin-token", AdminUnderTest.Token))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(Stranger, Service)]
    [InlineData(null, Service)]
    [InlineData(null, null)]
    [InlineData(Stranger, null)]
    public async Task AnybodyElse_NeedsTheToken(uint? peer, uint? own)
    {
        await using var admin = new AdminUnderTest();
        admin.Credentials.Peer = peer;
        admin.Credentials.OwnUid = own;
        await using var server = new AdminServer(
            admin.Settings, admin.Deployment, admin.Traffic, admin.Time, admin.Log, admin.Credentials);
        await server.StartAsync(CancellationToken.None);

        (await admin.UnixAsync("GET", "/__status")).ShouldBeError(401, "Unauthorized");
        (await admin.UnixAsync("GET", "/__status", ("x-admin-token", AdminUnderTest.Token))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task NoRateLimit_AndNoAddressCheck_Apply()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync(s => s with { RateLimitPerMinute = 1 });
        for (int i = 0; i < 5; i++)
        {
            (await admin.UnixAsync("GET", "/__status", ("x-portok-peer", "203.0.113.9"), ("X-Forwarded-For", "203.0.113.9")))
                .Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task Method_AndArguments_AreCheckedInOrder()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        (await admin.UnixAsync("GET", "/__switch?port=x")).ShouldBeError(405, "Method not allowed");
        (await admin.UnixAsync("POST", "/__switch?port=x")).ShouldBeError(400, "Invalid port");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/__status/")]
    [InlineData("/__STATUS")]
    [InlineData("/%5f%5fstatus")]
    [InlineData("/__other?port=8081")]
    public async Task Path_NotOneOfOurs_Is404(string target)
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        string answer = await AdminUnderTest.RawAsync(
            admin.Settings.UnixSocketPath!, $"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 404 ");
        answer.ShouldContain("{\"error\":\"Not found\",\"message\":\"");
    }

    [Fact]
    public async Task Peer_IsLoggedWithASwitch()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Credentials.Peer = 0;
        await admin.UnixAsync("POST", "/__switch?port=8081");
        admin.Log.Texts(2201).ShouldHaveSingleItem().ShouldBe("uid 0 asked to switch to port 8081: Switched");
    }

    [Fact]
    public async Task Peer_IsLoggedWithAWrongToken()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Credentials.Peer = Stranger;
        await admin.UnixAsync("GET", "/__status", ("x-admin-token", "wrong"));
        admin.Log.Texts(2104).ShouldHaveSingleItem().ShouldContain("uid 1000");
    }

    [Fact]
    public async Task Socket_IsForOwnerAndGroup()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        File.GetUnixFileMode(admin.Settings.UnixSocketPath!).ShouldBe(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
    }

    [Fact]
    public async Task Socket_IsNotThereWhenNotAskedFor()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync(s => s with { UnixSocketPath = null });
        (await admin.PublicAsync("GET", "/__status")).Status.ShouldBe(200);
        Directory.GetFiles(admin.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task LinuxCredentials_KnowThisProcessOnBothEnds()
    {
        await using var admin = new AdminUnderTest();
        await using var server = new AdminServer(
            admin.Settings, admin.Deployment, admin.Traffic, admin.Time, admin.Log, new LinuxPeerCredentials());
        await server.StartAsync(CancellationToken.None);

        (await admin.UnixAsync("GET", "/__status")).Status.ShouldBe(200);
        admin.Log.Texts(2200).ShouldHaveSingleItem().ShouldStartWith($"uid {new LinuxPeerCredentials().OwnUid} asked for /__status");
    }
}

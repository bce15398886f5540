using System.Net.Sockets;
using System.Text;
using Portok.Admin.Contract;
using Portok.Admin.Tests.Support;
using Portok.Deployment.Switching;

namespace Portok.Admin.Tests.Serving;

public class ServerLifeTests
{
    [Fact]
    public async Task Stop_RemovesBothSockets()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        File.Exists(admin.Server.PrivateSocketPath).ShouldBeTrue();
        await admin.Server.StopAsync(CancellationToken.None);
        Directory.GetFiles(admin.Folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        await admin.Server.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Stop_LetsARunningSwitchHaveItsAnswer()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        var entered = new TaskCompletionSource();
        var outcome = new TaskCompletionSource<SwitchOutcome>();
        admin.Deployment.OnSwitch = (_, _) =>
        {
            entered.SetResult();
            return outcome.Task;
        };

        Task<Reply> asking = admin.UnixAsync("POST", "/__switch?port=8081");
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Task stopping = admin.Server.StopAsync(CancellationToken.None);
        outcome.SetResult(new SwitchOutcome(SwitchOutcomeKind.Stopping, null, null, 8080, null));
        (await asking).ShouldBeError(503, "Stopping");
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Stop_CutsWhatHangsWhenItsTimeIsOver()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        var entered = new TaskCompletionSource();
        admin.Deployment.OnSwitch = async (_, cancellation) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException();
        };
        Task<Reply> asking = admin.UnixAsync("POST", "/__switch?port=8081");
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await admin.Server.StopAsync(new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<HttpRequestException>(asking);
    }

    [Fact]
    public async Task Environment_DoesNotChangeWhereItListens()
    {
        string[] names = ["ASPNETCORE_URLS", "DOTNET_URLS", "ASPNETCORE_HTTP_PORTS", "Kestrel__Endpoints__X__Url"];
        try
        {
            foreach (string name in names)
                Environment.SetEnvironmentVariable(name, name.EndsWith("PORTS", StringComparison.Ordinal) ? "0" : "http://256.0.0.1:bad");
            await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
            (await admin.UnixAsync("GET", "/__status")).Status.ShouldBe(200);
            admin.Log.Lines.ShouldAllBe(line => line.Id >= 2000 && line.Id <= 2999);
        }
        finally
        {
            foreach (string name in names)
                Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public async Task ManyClientsAtOnce_AreAllAnswered_OnBothSockets()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 3) switch
        {
            0 => admin.PublicAsync("GET", "/__metrics"),
            1 => admin.UnixAsync("GET", "/__status"),
            _ => admin.PublicAsync("POST", "/__switch?port=" + (9000 + i)),
        }));
        replies.ShouldAllBe(reply => reply.Status == 200);
        for (int i = 2; i < 60; i += 3)
            replies[i].Body.ShouldContain($"\"message\":\"Switched to port {9000 + i}\"");
    }

    [Fact]
    public async Task RateLimit_HoldsForClientsAtOnce()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync(s => s with { RateLimitPerMinute = 10 });
        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => admin.PublicAsync("GET", "/__status")));
        replies.Count(reply => reply.Status == 200).ShouldBe(10);
        replies.Count(reply => reply.Status == 429).ShouldBe(30);
    }

    [Fact]
    public async Task Connection_IsKeptAlive_AndPipelinedRequestsAreAnsweredInOrder()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        string answers = await AdminUnderTest.RawAsync(
            admin.Settings.UnixSocketPath!,
            "GET /__status HTTP/1.1\r\nHost: x\r\n\r\nGET /__metrics HTTP/1.1\r\nHost: x\r\n\r\nGET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        answers.IndexOf("activePort", StringComparison.Ordinal).ShouldBeLessThan(answers.IndexOf("totalRequests", StringComparison.Ordinal));
        answers.IndexOf("totalRequests", StringComparison.Ordinal).ShouldBeLessThan(answers.IndexOf("Not found", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LargestHeadOfTheDataPlane_IsTaken()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        var head = new StringBuilder("GET /__status?" + new string('q', 500_000) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        for (int i = 0; i < 1023; i++)
            head.Append("x-").Append(i).Append(": ").Append('v', 450).Append("\r\n");
        head.Append(AdminHeaders.Peer).Append(": 127.0.0.1\r\n").Append(AdminHeaders.Token).Append(": ").Append(AdminUnderTest.Token).Append("\r\n\r\n");
        (await AdminUnderTest.RawAsync(admin.Server.PrivateSocketPath, head.ToString())).ShouldStartWith("HTTP/1.1 200 ");
    }

    [Theory]
    [InlineData("my_app.internal:3000")]
    [InlineData("[::1]:3000")]
    [InlineData("")]
    [InlineData("EXAMPLE.com")]
    public async Task Host_AsClientsSendIt_IsNoFault(string host)
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        (await AdminUnderTest.RawAsync(admin.Settings.UnixSocketPath!, $"GET /__status HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
            .ShouldStartWith("HTTP/1.1 200 ");
    }

    [Fact]
    public async Task TokenBytes_ThatAreNoUtf8_AreA401InJson()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        string answer = await AdminUnderTest.RawAsync(
            admin.Settings.UnixSocketPath!, "GET /__status HTTP/1.1\r\nHost: x\r\nx-admin-token: \u00ff\u00fe\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 401 ");
        answer.ShouldContain("\"error\":\"Unauthorized\"");
    }

    [Fact]
    public async Task IdleConnection_DoesNotHoldUpTheStop()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        using var idle = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await idle.ConnectAsync(new UnixDomainSocketEndPoint(admin.Settings.UnixSocketPath!));
        await admin.Server.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        (await AdminUnderTest.ReadToCloseAsync(idle).WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeEmpty();
    }
}

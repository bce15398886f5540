using Portok.Admin.Contract;
using Portok.Admin.Tests.Support;
using Portok.Deployment.Probing;
using Portok.Deployment.Switching;

namespace Portok.Admin.Tests.Endpoints;

public class SwitchTests
{
    [Fact]
    public async Task Switched_IsAnsweredAsIn10()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        Reply reply = await admin.PublicAsync("POST", "/__switch?port=8081");
        reply.Status.ShouldBe(200);
        reply.Body.ShouldBe(JsonText.Compact("""
            {"success":true,"message":"Switched to port 8081",
            "switch":{"from":8080,"to":8081,"at":"2024-01-15T10:30:00.000Z","reason":"manual","id":"3f0c"},
            "probe":{"status":200,"elapsedMs":3.251,"failure":null,"bodyStart":"ok"}}
            """));
    }

    [Fact]
    public async Task Arguments_ReachTheControlPlane()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        await admin.PublicAsync("POST", "/__switch?port=8081&expect=8080&id=key-1&reason=release%202");
        admin.Deployment.Switches.ShouldHaveSingleItem().ShouldBe(new SwitchRequest(8081, 8080, "key-1", "release 2"));
    }

    [Fact]
    public async Task AlreadyActive_Is200WithoutARecord()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Deployment.Outcome(SwitchOutcomeKind.AlreadyActive, FakeDeployment.Healthy(8081), activePort: 8081);
        Reply reply = await admin.PublicAsync("POST", "/__switch?port=8081");
        reply.Status.ShouldBe(200);
        reply.Body.ShouldBe(JsonText.Compact("""
            {"success":true,"message":"Port 8081 is already active","switch":null,
            "probe":{"status":200,"elapsedMs":3.251,"failure":null,"bodyStart":"ok"}}
            """));
    }

    [Theory]
    [InlineData(ProbeFailure.Refused, null, """{"status":null,"elapsedMs":12.5,"failure":"refused","bodyStart":null}""")]
    [InlineData(ProbeFailure.Timeout, null, """{"status":null,"elapsedMs":12.5,"failure":"timeout","bodyStart":null}""")]
    [InlineData(ProbeFailure.Reset, null, """{"status":null,"elapsedMs":12.5,"failure":"reset","bodyStart":null}""")]
    [InlineData(ProbeFailure.Invalid, null, """{"status":null,"elapsedMs":12.5,"failure":"invalid","bodyStart":null}""")]
    [InlineData(ProbeFailure.Status, 500, """{"status":500,"elapsedMs":12.5,"failure":"status","bodyStart":"db down"}""")]
    public async Task ProbeFailed_Is409AsIn10_WithTheProbe(ProbeFailure failure, int? status, string probe)
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Deployment.Outcome(SwitchOutcomeKind.ProbeFailed, FakeDeployment.Sick(8081, failure, status));
        Reply reply = await admin.PublicAsync("POST", "/__switch?port=8081");
        reply.Status.ShouldBe(409);
        reply.Body.ShouldBe(
            $$"""{"error":"Health check failed","message":"Port 8081 did not respond with 2xx at /health","probe":{{probe}}}""");
    }

    [Fact]
    public async Task ProbeFailed_NamesTheConfiguredPath()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync(s => s with { HealthPath = "/ready?deep=1" });
        admin.Deployment.Outcome(SwitchOutcomeKind.ProbeFailed, FakeDeployment.Sick(8081));
        (await admin.PublicAsync("POST", "/__switch?port=8081")).Error.Message.ShouldBe("Port 8081 did not respond with 2xx at /ready?deep=1");
    }

    [Fact]
    public async Task UnexpectedActivePort_Is409AndNamesIt()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Deployment.Outcome(SwitchOutcomeKind.UnexpectedActivePort, activePort: 8082);
        Reply reply = await admin.PublicAsync("POST", "/__switch?port=8081&expect=8080");
        reply.ShouldBeError(409, "Unexpected active port");
        reply.Error.ActivePort.ShouldBe(8082);
        reply.Error.Message.ShouldContain("8082, not 8080");
    }

    [Theory]
    [InlineData(SwitchOutcomeKind.OwnPort, 400, "Invalid port", "listens on")]
    [InlineData(SwitchOutcomeKind.StateNotWritable, 500, "State not writable", "disk full")]
    [InlineData(SwitchOutcomeKind.Stopping, 503, "Stopping", "disk full")]
    public async Task OtherRefusals_SayWhy(SwitchOutcomeKind kind, int status, string error, string words)
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Deployment.Outcome(kind, detail: "disk full");
        Reply reply = await admin.PublicAsync("POST", "/__switch?port=8081");
        reply.ShouldBeError(status, error);
        reply.Error.Message.ShouldContain(words);
        reply.Body.ShouldNotContain("\"probe\"");
    }

    [Fact]
    public async Task ControlPlaneThrows_Is500InJson_AndLogged()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        admin.Deployment.OnSwitch = (_, _) => throw new InvalidOperationException("inner words");
        Reply reply = await admin.PublicAsync("POST", "/__switch?port=8081");
        reply.ShouldBeError(500, "Internal error");
        reply.Body.ShouldNotContain("inner words");
        admin.Log.Texts(2202).ShouldHaveSingleItem().ShouldContain("/__switch");
        (await admin.PublicAsync("GET", "/__status")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Body_IsNotNeededAndNotRead()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        const string Head = "POST /__switch?port=8081 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
        string socket = admin.Settings.UnixSocketPath!;
        (await AdminUnderTest.RawAsync(socket, Head + "Content-Length: 11\r\n\r\n{\"port\":80}")).ShouldStartWith("HTTP/1.1 200 ");
        (await AdminUnderTest.RawAsync(socket, Head + "Content-Length: 100000000\r\n\r\n" + new string('x', 100_000))).ShouldStartWith("HTTP/1.1 200 ");
        admin.Deployment.Switches.Select(s => s.Port).ShouldBe([8081, 8081]);
    }

    [Fact]
    public async Task Client_ThatLeaves_CancelsItsWish()
    {
        await using AdminUnderTest admin = await AdminUnderTest.StartAsync();
        var entered = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        admin.Deployment.OnSwitch = async (_, cancellation) =>
        {
            using CancellationTokenRegistration registration = cancellation.Register(cancelled.SetResult);
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException();
        };

        using var leave = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, AdminPaths.Switch + "?port=8081");
        Task asking = admin.Client(admin.Settings.UnixSocketPath!).SendAsync(request, leave.Token);
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asking);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
        admin.Log.Texts(2202).ShouldBeEmpty();
    }
}

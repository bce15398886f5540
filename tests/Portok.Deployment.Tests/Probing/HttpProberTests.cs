using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Portok.Deployment.Probing;
using Portok.Deployment.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Deployment.Tests.Probing;

public sealed class HttpProberTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nready", 200, "ready")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nready\r\n0\r\n\r\n", 200, "ready")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, null)]
    [InlineData("HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n", 299, null)]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, null)]
    public async Task Probe_2xx_IsHealthy(string answer, int status, string? body)
    {
        await using var server = ScriptedServer.Sending(answer);

        var result = await ProbeAsync(server.Port);

        result.ShouldBe(new ProbeResult(server.Port, true, status, 0, ProbeFailure.None, body, _time.GetUtcNow()));
    }

    [Fact]
    public async Task Probe_BodyEndedByClose_IsHealthy()
    {
        await using var server = new ScriptedServer(async (socket, stop) =>
        {
            await ScriptedServer.SendAsync(socket, "HTTP/1.0 200 OK\r\n\r\nup", stop);
            socket.Shutdown(SocketShutdown.Send);
        });

        var result = await ProbeAsync(server.Port);

        (result.Healthy, result.BodyStart).ShouldBe((true, "up"));
    }

    [Theory]
    [InlineData("HTTP/1.1 301 Moved Permanently\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", 301, null)]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone", 404, "none")]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 13\r\n\r\ndatabase gone", 500, "database gone")]
    public async Task Probe_AnyOtherStatus_IsNotHealthyAndNotFollowed(string answer, int status, string? body)
    {
        await using var server = ScriptedServer.Sending(answer);

        var result = await ProbeAsync(server.Port);

        (result.Healthy, result.Failure, result.Status, result.BodyStart).ShouldBe((false, ProbeFailure.Status, status, body));
        await server.Closed;
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Probe_ErrorWhoseBodyHangs_IsDecidedByTheStatusWithoutTheWholeTimeout()
    {
        await using var server = ScriptedServer.Sending("HTTP/1.1 503 No\r\nContent-Length: 100\r\n\r\nstarting");
        var probe = ProbeAsync(server.Port);
        await server.Requested;

        // Less than the timeout in all, and slowly enough for the answer to arrive before time is over.
        for (var i = 0; i < 99 && !probe.IsCompleted; i++)
        {
            await Task.WhenAny(probe, Task.Delay(50));
            _time.Advance(TimeSpan.FromMilliseconds(50));
        }

        var result = await probe.WaitAsync(TimeSpan.FromSeconds(10));
        (result.Failure, result.Status, result.BodyStart).ShouldBe((ProbeFailure.Status, 503, "starting"));
        result.ElapsedMs.ShouldBeLessThan(5000);
    }

    [Fact]
    public async Task Probe_NothingListens_IsRefused()
    {
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)reserved.LocalEndPoint!).Port;

        var result = await ProbeAsync(port);

        (result.Healthy, result.Failure, result.Status).ShouldBe((false, ProbeFailure.Refused, null));
    }

    [Fact]
    public async Task Probe_HangsBeforeTheHead_IsTimeoutExactlyAtTheTimeout()
    {
        await using var server = ScriptedServer.Sending("");
        var probe = ProbeAsync(server.Port);
        await server.Requested;

        _time.Advance(TimeSpan.FromMilliseconds(4999));
        probe.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        var result = await probe;
        (result.Failure, result.Status, result.ElapsedMs).ShouldBe((ProbeFailure.Timeout, null, 5000));
    }

    [Fact]
    public async Task Probe_HangsInTheBody_IsTimeoutThatKnowsTheStatus()
    {
        await using var server = ScriptedServer.Sending("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        ProbeResult result;
        var patience = TimeSpan.FromMilliseconds(25);
        do
        {
            // Nobody sees from outside when the prober has read the head: give it longer until it has.
            var probe = ProbeAsync(server.Port);
            await Task.WhenAny(probe, Task.Delay(patience *= 2));
            probe.IsCompleted.ShouldBeFalse();
            _time.Advance(TimeSpan.FromSeconds(5));
            result = await probe;
        }
        while (result.BodyStart is null && patience < TimeSpan.FromSeconds(10));

        (result.Healthy, result.Failure, result.Status, result.BodyStart).ShouldBe((false, ProbeFailure.Timeout, 200, "half"));
    }

    [Fact]
    public async Task Probe_DripsBeyondTheTimeout_IsTimeout()
    {
        using var sent = new SemaphoreSlim(0);
        using var next = new SemaphoreSlim(0);
        await using var server = new ScriptedServer(async (socket, stop) =>
        {
            foreach (var c in "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n.")
            {
                await ScriptedServer.SendAsync(socket, c.ToString(), stop);
                sent.Release();
                await next.WaitAsync(stop);
            }
        });
        var probe = ProbeAsync(server.Port);

        for (var i = 0; i < 10; i++)
        {
            (await sent.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
            probe.IsCompleted.ShouldBeFalse();
            _time.Advance(TimeSpan.FromMilliseconds(500));
            next.Release();
        }

        (await probe).Failure.ShouldBe(ProbeFailure.Timeout);
    }

    [Fact]
    public async Task Probe_ResetInsteadOfAnAnswer_IsReset()
    {
        await using var server = new ScriptedServer((socket, _) =>
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
            return Task.CompletedTask;
        });

        (await ProbeAsync(server.Port)).Failure.ShouldBe(ProbeFailure.Reset);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", 200)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", 200)]
    public async Task Probe_ClosedBeforeTheEnd_IsReset(string answer, int? status)
    {
        await using var server = new ScriptedServer(async (socket, stop) =>
        {
            await ScriptedServer.SendAsync(socket, answer, stop);
            socket.Shutdown(SocketShutdown.Both);
        });

        var result = await ProbeAsync(server.Port);

        (result.Healthy, result.Failure, result.Status).ShouldBe((false, ProbeFailure.Reset, status));
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    public async Task Probe_Garbage_IsInvalid(string answer)
    {
        await using var server = ScriptedServer.Sending(answer);

        (await ProbeAsync(server.Port)).Failure.ShouldBe(ProbeFailure.Invalid);
    }

    [Fact]
    public async Task Probe_HeadLargerThan64KiB_IsInvalid()
    {
        await using var server = ScriptedServer.Sending($"HTTP/1.1 200 OK\r\nX: {new string('x', 70_000)}\r\n\r\n");

        (await ProbeAsync(server.Port)).Failure.ShouldBe(ProbeFailure.Invalid);
    }

    [Fact]
    public async Task Probe_BodyWithoutEnd_IsHealthyAfter64KiB()
    {
        await using var server = new ScriptedServer(async (socket, stop) =>
        {
            await ScriptedServer.SendAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n", stop);
            await ScriptedServer.SendAsync(socket, new string('z', 64 * 1024), stop);
        });

        var result = await ProbeAsync(server.Port);

        result.Healthy.ShouldBeTrue();
        result.BodyStart.ShouldBe(new string('z', 256));
        await server.Closed;
    }

    [Fact]
    public async Task Probe_Always_AsksPlainlyOnAConnectionOfItsOwn()
    {
        await using var server = ScriptedServer.Sending("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");

        // A server that serves one connection after the other sees the second only when the first is closed.
        await ProbeAsync(server.Port, "/a/../health?x=%41");
        await ProbeAsync(server.Port, "/a/../health?x=%41");

        server.Requests.Count.ShouldBe(2);
        server.Requests[1].ShouldBe(server.Requests[0]);
        server.Requests[0].ShouldStartWith("GET /a/../health?x=%41 HTTP/1.1\r\n");
        server.Requests[0].Split("\r\n")[1..^2].Order(StringComparer.Ordinal).ShouldBe(
            ["Accept: */*", "Connection: close", $"Host: 127.0.0.1:{server.Port}", "User-Agent: portok-probe"]);
    }

    [Fact]
    public async Task Probe_CallerCancels_Throws()
    {
        await using var server = ScriptedServer.Sending("");
        using var caller = new CancellationTokenSource();
        var probe = NewProber("/health").ProbeAsync(server.Port, caller.Token);
        await server.Requested;

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => probe);
    }

    private HttpProber NewProber(string path) => new(
        new LiveSettings(new DeploymentSettings
        {
            Instance = "shop",
            ListenPort = 3000,
            InitialTargetPort = 8080,
            StateFile = "/nowhere",
            HealthPath = path,
        }),
        _time);

    private Task<ProbeResult> ProbeAsync(int port, string path = "/health") =>
        NewProber(path).ProbeAsync(port, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
}

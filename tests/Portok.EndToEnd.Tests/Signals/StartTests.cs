using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Portok.EndToEnd.Tests.Signals;

/// <summary>Starting: bad settings are all told at once with exit code 2, and nothing was opened or written.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Start_ManyFaults_EachIsALineAndExitIs2()
    {
        await using var instance = new TempInstance(
            8080,
            ("DRAIN_MS", "soon"),
            ("ROLLBACK_FAIL_THRESHOLD", "0"),
            ("ADMIN_ALLOWLIST", "300.1.1.1"),
            ("SERVER_HEADERS_TIMEOUT", "5000"),
            ("FAST_PATH", "maybe"));
        instance.Settings["ADMIN_TOKEN"] = null;
        PortokDaemon daemon = instance.Spawn();
        (await daemon.WaitForExitAsync(Patience.Long)).ShouldBe(2, daemon.Transcript);
        string[] lines = daemon.Log.Split('\n');
        foreach (string name in new[] { "DRAIN_MS", "ROLLBACK_FAIL_THRESHOLD", "ADMIN_ALLOWLIST", "SERVER_HEADERS_TIMEOUT", "FAST_PATH", "ADMIN_TOKEN" })
            lines.Count(line => line.Contains(name, StringComparison.Ordinal)).ShouldBeGreaterThan(0, $"{name}\n{daemon.Log}");
        daemon.Log.ShouldContain("soon");
        Directory.GetFiles(Path.GetDirectoryName(instance.StateFile)!).ShouldBeEmpty();
        FreePort.IsFree(instance.ListenPort).ShouldBeTrue();
    }

    [Theory]
    [InlineData("INITIAL_TARGET_PORT", null)]
    [InlineData("ADMIN_TOKEN", null)]
    [InlineData("ADMIN_TOKEN", "")]
    [InlineData("LISTEN_PORT", "0")]
    [InlineData("LISTEN_PORT", "65536")]
    [InlineData("INITIAL_TARGET_PORT", "eight")]
    [InlineData("HEALTH_PATH", "health")]
    [InlineData("UPSTREAM_MAX_SOCKETS", "0")]
    [InlineData("LISTEN_HOST", "nowhere at all")]
    [InlineData("MAX_BODY_BYTES", "-1")]
    [InlineData("LOG_LEVEL", "loud")]
    public async Task Start_OneFault_NamesItWithExit2(string name, string? value)
    {
        await using var instance = new TempInstance(8080);
        instance.Settings[name] = value;
        PortokDaemon daemon = instance.Spawn();
        (await daemon.WaitForExitAsync(Patience.Long)).ShouldBe(2, daemon.Transcript);
        daemon.Log.ShouldContain(name);
    }

    [Fact]
    public async Task Start_TargetIsItsOwnPort_Exit2()
    {
        await using var instance = new TempInstance(8080);
        instance.Settings["INITIAL_TARGET_PORT"] = instance.Settings["LISTEN_PORT"];
        PortokDaemon daemon = instance.Spawn();
        (await daemon.WaitForExitAsync(Patience.Long)).ShouldBe(2, daemon.Transcript);
        daemon.Log.ShouldContain("INITIAL_TARGET_PORT");
    }

    [Fact]
    public async Task Start_SecretInAFault_IsNotPrinted()
    {
        await using var instance = new TempInstance(8080, ("DRAIN_MS", "x"), ("ADMIN_TOKEN", "a-secret\u0001value"));
        PortokDaemon daemon = instance.Spawn();
        (await daemon.WaitForExitAsync(Patience.Long)).ShouldBe(2, daemon.Transcript);
        daemon.Log.ShouldNotContain("a-secret");
    }

    [Fact]
    public async Task Start_UnknownVariableLikeOneOfOurs_IsWarnedAbout()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("x")));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port, ("DRIAN_MS", "100"));
        await using TempInstance owned = instance;
        await daemon.SaysAsync("DRIAN_MS");
    }

    [Fact]
    public async Task Start_PortTaken_ExitsWith1AndSaysWhich()
    {
        await using var instance = new TempInstance(8080);
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Any, instance.ListenPort));
        taken.Listen();
        PortokDaemon daemon = instance.Spawn();
        (await daemon.WaitForExitAsync(Patience.Long)).ShouldBe(1, daemon.Transcript);
        daemon.Log.ShouldContain(instance.ListenPort.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Start_AppNotThereYet_DaemonRunsAndServesOnceItIs()
    {
        int port = FreePort.Next();
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(port);
        await using TempInstance owned = instance;
        (await RawClient.AskOnceAsync(daemon.Port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Status.ShouldBe(502);
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("here")), new ScriptedAppOptions { Port = port });
        (await RawClient.AskOnceAsync(daemon.Port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("here");
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public async Task Start_NoListenHost_BothFamiliesAreServed(AddressFamily family)
    {
        Assert.SkipUnless(family == AddressFamily.InterNetwork || Socket.OSSupportsIPv6, "IPv6 is off here");
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("x")));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port);
        await using TempInstance owned = instance;
        IPAddress address = family == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback;
        await using RawClient client = await RawClient.ConnectAsync(new IPEndPoint(address, daemon.Port));
        (await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("x");
        (await app.RequestAsync())["X-Forwarded-For"].ShouldBe(address.ToString());
    }

    [Fact]
    public async Task Start_FastPath_ServesAndReportsNullWhereItDoesNotCount()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("x")));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port, ("FAST_PATH", "1"));
        await using TempInstance owned = instance;
        (await RawClient.AskOnceAsync(daemon.Port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("x");
        AdminAnswer metrics = await daemon.Admin.MetricsAsync();
        metrics["rollingRps60"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        metrics["statusCounters"].ToString().ShouldNotContain("1");
    }
}

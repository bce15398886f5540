using Portok.Daemon.Traffic;
using Portok.Engine;
using Portok.Settings.Tests;
using Shouldly;

namespace Portok.Daemon.Tests.Traffic;

public class EngineSettingsTests
{
    [Fact]
    public void Options_EverySetting_ReachesTheEngine()
    {
        EngineOptions options = EngineSettings.Options(
            Variables.Settings(
                ("REACTORS", "3"), ("UPSTREAM_KEEPALIVE", "0"), ("UPSTREAM_MAX_SOCKETS", "7"), ("UPSTREAM_KEEPALIVE_MSECS", "1234"), ("ENABLE_XFWD", "0"),
                ("FAST_PATH", "1"), ("MAX_HEADER_BYTES", "2048"), ("MAX_HEADERS", "9"), ("SERVER_KEEPALIVE_TIMEOUT", "11"), ("SERVER_HEADERS_TIMEOUT", "12"),
                ("UPSTREAM_RESPONSE_TIMEOUT_MS", "13"), ("UPSTREAM_CONNECT_TIMEOUT_MS", "14"), ("CLIENT_IDLE_TIMEOUT_MS", "15"), ("MAX_BODY_BYTES", "16")),
            listenPort: 4000, "/run/admin.sock", ErrorPages.None);
        options.ShouldBe(new EngineOptions
        {
            Reactors = 3,
            ListenPort = 4000,
            UpstreamKeepAlive = false,
            UpstreamMaxSockets = 7,
            UpstreamKeepAliveProbeDelayMs = 1234,
            AddForwarded = false,
            FastPath = true,
            AdminSocketPath = "/run/admin.sock",
            MaxHeaderBytes = 2048,
            MaxHeaders = 9,
            ErrorPages = ErrorPages.None,
            Limits = new EngineLimits
            {
                ServerKeepAliveTimeoutMs = 11,
                ServerHeadersTimeoutMs = 12,
                UpstreamResponseTimeoutMs = 13,
                UpstreamConnectTimeoutMs = 14,
                ClientIdleTimeoutMs = 15,
                MaxBodyBytes = 16,
            },
        });
    }

    [Fact]
    public void Options_AdminNotOnThePublicPort_LeavesItsPathsToTheApp()
        => EngineSettings.Options(Variables.Settings(("ADMIN_ON_PUBLIC_PORT", "0"), ("ADMIN_UNIX_SOCKET", "/run/x")), 4000, "/run/admin.sock", ErrorPages.None)
            .AdminSocketPath.ShouldBeNull();

    [Fact]
    public void Options_Defaults_AreThoseOfTheEngineItself()
        => EngineSettings.Options(Variables.Settings(), 3000, "/x", ErrorPages.None).ShouldBe(new EngineOptions { ListenPort = 3000, AdminSocketPath = "/x" });
}

using System.Net.Sockets;

namespace Portok.EndToEnd.Tests.Admin;

/// <summary>ADMIN_UNIX_SOCKET, and ADMIN_ON_PUBLIC_PORT=0.</summary>
public sealed class UnixSocketTests : IAsyncLifetime
{
    private readonly ScriptedApp _app = ScriptedApp.Start(Scripts.Each(request => Scripts.Ok(request.Target)));
    private readonly TempFolder _folder = new();

    private string SocketPath => _folder.Combine("admin.sock");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task UnixSocket_OwnUid_NeedsNoTokenButAWrongOneIsRefused()
    {
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(_app.Port, ("ADMIN_UNIX_SOCKET", SocketPath), ("ADMIN_RATE_LIMIT_PER_MINUTE", "3"));
        await using TempInstance owned = instance;
        using var none = new AdminClient(daemon.Port, token: null, SocketPath);
        for (int turn = 0; turn < 10; turn++)
            (await none.StatusAsync()).Status.ShouldBe(200, "neither token nor rate limit on the Unix socket");
        using var wrong = new AdminClient(daemon.Port, "wrong", SocketPath);
        (await wrong.StatusAsync()).Status.ShouldBe(401);
        using var right = new AdminClient(daemon.Port, TempInstance.Token, SocketPath);
        (await right.StatusAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task UnixSocket_WholeApi_Works()
    {
        await using ScriptedApp next = ScriptedApp.Start(Scripts.Always(Scripts.Ok("next")));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(_app.Port, ("ADMIN_UNIX_SOCKET", SocketPath));
        await using TempInstance owned = instance;
        using var admin = new AdminClient(daemon.Port, token: null, SocketPath);
        (await admin.SwitchAsync(next.Port)).Status.ShouldBe(200);
        (await admin.ActivePortAsync()).ShouldBe(next.Port);
        (await admin.HealthAsync()).Status.ShouldBe(200);
        (await admin.MetricsAsync())["totalRequests"].GetInt64().ShouldBe(0);
        (await admin.CallAsync(HttpMethod.Get, "/__switch?port=1")).Status.ShouldBe(405);
        (await admin.CallAsync(HttpMethod.Get, "/other")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task UnixSocket_Mode_Is0660AndGoneAfterTheEnd()
    {
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(_app.Port, ("ADMIN_UNIX_SOCKET", SocketPath));
        await using TempInstance owned = instance;
        const UnixFileMode wanted = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        File.GetUnixFileMode(SocketPath).ShouldBe(wanted);
        daemon.Terminate();
        (await daemon.WaitForExitAsync(Patience.Long)).ShouldBe(0);
        File.Exists(SocketPath).ShouldBeFalse();
    }

    [Fact]
    public async Task UnixSocket_LeftBehindByKill9_IsTakenOver()
    {
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(_app.Port, ("ADMIN_UNIX_SOCKET", SocketPath));
        await using TempInstance owned = instance;
        await daemon.KillAsync();
        File.Exists(SocketPath).ShouldBeTrue();
        PortokDaemon revived = await instance.StartAsync();
        using var admin = new AdminClient(revived.Port, token: null, SocketPath);
        (await admin.StatusAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task PublicPort_AdminTurnedOff_PathsGoToTheAppAndTheSocketServes()
    {
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(_app.Port, ("ADMIN_UNIX_SOCKET", SocketPath), ("ADMIN_ON_PUBLIC_PORT", "0"));
        await using TempInstance owned = instance;
        foreach (string path in new[] { "/__status", "/__metrics", "/__health", "/__switch" })
        {
            WireMessage answer = await RawClient.AskOnceAsync(daemon.Port, $"GET {path} HTTP/1.1\r\nHost: a\r\nx-admin-token: {TempInstance.Token}\r\n\r\n");
            answer.Text.ShouldBe(path);
        }

        _app.Requests.ShouldAllBe(request => !request.Has("x-admin-token"));
        (await daemon.Admin.ActivePortAsync()).ShouldBe(_app.Port);
    }

    [Fact]
    public async Task UnixSocket_RawHttp_IsServedToo()
    {
        (TempInstance instance, _) = await TempInstance.StartNewAsync(_app.Port, ("ADMIN_UNIX_SOCKET", SocketPath));
        await using TempInstance owned = instance;
        await using RawClient client = await RawClient.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        (await client.AskAsync("GET /__status HTTP/1.1\r\nHost: portok\r\n\r\n")).Status.ShouldBe(200);
    }
}

namespace Portok.EndToEnd.Tests.Security;

/// <summary>Ways round the admin API's guard: none leads to an admin answer without the token, or to the app with an admin path.</summary>
public sealed class AdminPathTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    [Theory]
    [InlineData("Host: localhost")]
    [InlineData("Host: 127.0.0.1")]
    [InlineData("Host: portok")]
    [InlineData("Host: a\r\nX-Forwarded-For: 127.0.0.1")]
    [InlineData("Host: a\r\nForwarded: for=127.0.0.1")]
    [InlineData("Host: a\r\nX-Real-IP: 127.0.0.1")]
    [InlineData("Host: a\r\nx-portok-peer: 127.0.0.1")]
    [InlineData("Host: a\r\nx_portok_peer: 127.0.0.1")]
    [InlineData("Host: a\r\nx_admin_token: " + TempInstance.Token)]
    [InlineData("Host: a\r\nCookie: x-admin-token=" + TempInstance.Token)]
    [InlineData("Host: a\r\nConnection: x-admin-token\r\nx-admin-token: " + TempInstance.Token)]
    [InlineData("Host: a\r\nx-admin-token: " + TempInstance.Token + "\r\nx-admin-token: " + TempInstance.Token)]
    [InlineData("Host: a\r\nx-admin-token: " + TempInstance.Token + ", x")]
    public async Task Guard_TalkedRound_StillAsksForTheToken(string fields)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("app")));
        await using RawClient client = await portok.ConnectAsync();
        foreach (string target in new[] { "/__status", "/__status?x-admin-token=" + TempInstance.Token, "http://127.0.0.1/__metrics" })
            (await client.AskAsync($"GET {target} HTTP/1.1\r\n{fields}\r\n\r\n")).Status.ShouldBe(401, target);
        app.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task AdminPath_PipelinedBehindARequestForTheApp_IsGuardedLikeAnyOther()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => Scripts.Ok(request.Target)));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(
            "POST /app HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiPOST /__switch?port=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\nGET /last HTTP/1.1\r\nHost: a\r\n\r\n");
        (await client.ReadResponseAsync()).Text.ShouldBe("/app");
        (await client.ReadResponseAsync()).Status.ShouldBe(401);
        (await client.ReadResponseAsync()).Text.ShouldBe("/last");
        app.Requests.Select(request => request.Target).ShouldBe(["/app", "/last"]);
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override: POST", "GET", "/__switch?port={0}", 405)]
    [InlineData("X-Original-URL: /__switch?port={0}", "POST", "/app", 200)]
    [InlineData("X-Rewrite-URL: /__status", "GET", "/app", 200)]
    public async Task Overrides_ThatFrameworksKnow_MeanNothingToPortok(string field, string method, string target, int status)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("app")));
        await using ScriptedApp other = ScriptedApp.Start(Scripts.Always(Scripts.Ok("other")));
        string port = other.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using RawClient client = await portok.ConnectAsync();
        string request = $"{method} {target} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nx-admin-token: {TempInstance.Token}\r\n{field}\r\n\r\n";
        (await client.AskAsync(request.Replace("{0}", port, StringComparison.Ordinal))).Status.ShouldBe(status);
        (await portok.Daemon.Admin.ActivePortAsync()).ShouldBe(app.Port);
    }

    [Fact]
    public async Task AppsAnswer_NamingAnAdminPath_ChangesNothing()
    {
        // Portok follows nothing an app says: neither a redirect nor a header that other proxies obey.
        await using ScriptedApp app = await portok.BehindAsync(
            Scripts.Always("HTTP/1.1 302 Found\r\nLocation: /__switch?port=1\r\nX-Accel-Redirect: /__status\r\nContent-Length: 0\r\n\r\n"));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync($"GET /app HTTP/1.1\r\nHost: a\r\nx-admin-token: {TempInstance.Token}\r\n\r\n");
        answer.Status.ShouldBe(302);
        answer["X-Accel-Redirect"].ShouldBe("/__status");
        (await portok.Daemon.Admin.ActivePortAsync()).ShouldBe(app.Port);
    }
}

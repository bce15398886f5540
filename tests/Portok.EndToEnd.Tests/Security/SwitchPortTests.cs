namespace Portok.EndToEnd.Tests.Security;

/// <summary>The port of a switch cannot be made to reach anything but 127.0.0.1 (server-side request forgery).</summary>
public sealed class SwitchPortTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    [Theory]
    [InlineData("example.test")]
    [InlineData("10.0.0.1:{0}")]
    [InlineData("{0}@10.0.0.1")]
    [InlineData("http://10.0.0.1:{0}/")]
    [InlineData("{0}/../x")]
    [InlineData("{0}%0d%0aHost:%20x")]
    [InlineData("{0}%00")]
    [InlineData("%2B{0}")]
    [InlineData("-{0}")]
    [InlineData("0x1F90")]
    [InlineData("1e4")]
    [InlineData("{0}.0")]
    [InlineData("%D9%A8%D9%A0%D9%A8%D9%A0")]
    [InlineData("4294967296")]
    [InlineData("{0}&port={0}")]
    public async Task Port_AnythingButANumber_Is400AndNothingIsProbed(string port)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("app")));
        int probes = app.Probes;
        string number = app.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        AdminAnswer answer = await portok.Daemon.Admin.CallAsync(HttpMethod.Post, "/__switch?port=" + port.Replace("{0}", number, StringComparison.Ordinal));
        answer.Status.ShouldBe(400, answer.Text);
        app.Probes.ShouldBe(probes);
        (await portok.Daemon.Admin.ActivePortAsync()).ShouldBe(app.Port);
    }

    [Fact]
    public async Task Probe_RedirectedElsewhere_DoesNotFollow()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("app")));
        await using ScriptedApp elsewhere = ScriptedApp.Start(Scripts.Always(Scripts.Ok("inside")), new ScriptedAppOptions { HealthPath = null });
        await using ScriptedApp luring = ScriptedApp.Start(
            Scripts.Always($"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:{elsewhere.Port}/health\r\nContent-Length: 0\r\n\r\n"),
            new ScriptedAppOptions { HealthPath = null });
        AdminAnswer answer = await portok.Daemon.Admin.SwitchAsync(luring.Port);
        answer.Status.ShouldBe(409, answer.Text);
        answer["probe.status"].GetInt32().ShouldBe(307);
        elsewhere.Connections.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Probe_Request_HoldsNothingOfTheCaller()
    {
        // Whoever listens there learns the health path and no more: no token, no cookie, nothing of the query.
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("app")));
        await using ScriptedApp curious = ScriptedApp.Start(Scripts.Always(Scripts.Ok("ok")), new ScriptedAppOptions { HealthPath = null });
        (await portok.Daemon.Admin.CallAsync(HttpMethod.Post, $"/__switch?port={curious.Port}&reason=private", ("Cookie", "a=b"))).Status.ShouldBe(200);
        string seen = Latin1.Text((await curious.ConnectionAsync()).Received);
        seen.ShouldStartWith("GET /health HTTP/1.1\r\n");
        foreach (string word in new[] { TempInstance.Token, "private", "Cookie", "a=b" }) seen.ShouldNotContain(word);
    }

    [Fact]
    public async Task Probe_AnswersWithHostileBytes_ShowsThemHarmless()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("app")));
        const string body = "\u001b]0;owned\u0007\u001b[2J\r\n{\"level\":\"error\"}\n<script>\u009b31m";
        await using ScriptedApp hostile = ScriptedApp.Start(
            Scripts.Always($"HTTP/1.1 500 \u001b[31mNo\r\nContent-Length: {body.Length}\r\n\r\n{body}"), new ScriptedAppOptions { HealthPath = null });
        await using ScriptedApp loud = ScriptedApp.Start(
            Scripts.Always($"HTTP/1.1 500 No\r\nContent-Length: {body.Length}\r\n\r\n{body}"), new ScriptedAppOptions { HealthPath = null });
        (await portok.Daemon.Admin.SwitchAsync(hostile.Port)).Status.ShouldBe(409);
        AdminAnswer answer = await portok.Daemon.Admin.SwitchAsync(loud.Port);
        answer.Status.ShouldBe(409);
        string shown = answer["probe.bodyStart"].GetString().ShouldNotBeNull();
        shown.ShouldContain("owned");
        shown.Any(char.IsControl).ShouldBeFalse(shown);
        answer.Text.Any(c => char.IsControl(c) && c is not ('\n' or '\r')).ShouldBeFalse();
        await portok.Daemon.SaysAsync(loud.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        LogLines.ShouldBeWholeAndClean(portok.Daemon.Log);
    }
}

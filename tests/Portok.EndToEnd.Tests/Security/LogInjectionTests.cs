namespace Portok.EndToEnd.Tests.Security;

/// <summary>Nothing from outside can forge a line of the log or speak to the terminal it is read on; and no secret is in it.</summary>
public sealed class LogInjectionTests(LogInjectionTests.Fixture portok) : IClassFixture<LogInjectionTests.Fixture>
{
    private const string Forged = "%0d%0a%7B%22level%22:%22error%22,%22forged%22:1%7D%1b%5B2J%E2%80%AE%C2%9B";

    public sealed class Fixture : PortokFixture
    {
        protected override IEnumerable<(string Name, string Value)> Settings => [("LOG_LEVEL", "debug"), ("VERBOSE_ERRORS", "1")];
    }

    [Fact]
    public async Task Hostile_Words_StayInsideTheirLine()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("app")));
        foreach (string query in new[] { $"reason={Forged}", $"id={Forged}", $"expect={Forged}", Forged })
            await portok.Daemon.Admin.CallAsync(HttpMethod.Post, $"/__switch?port={app.Port}&{query}");
        foreach (string fields in new[]
        {
            "x-admin-token: \"}\u00e9{\"level\":\"error\",\"forged\":1}",
            "X-Forwarded-For: 1.1.1.1\",\"forged\":\"1",
            "Forwarded: for=\"_x\\\",forged\"",
            "User-Agent: \"},{forged",
        })
        {
            (await RawClient.AskOnceAsync(portok.Daemon.Port, $"GET /__status HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\n")).Status.ShouldBeOneOf(401, 403);
        }

        (await RawClient.AskOnceAsync(portok.Daemon.Port, "GET /\u001b[2J HTTP/1.1\r\nHost: a\r\n\r\n")).Status.ShouldBe(400);
        // One last call whose line is the end of what is looked at.
        await portok.Daemon.Admin.CallAsync(HttpMethod.Post, $"/__switch?port={app.Port}&reason=the-last");
        (await portok.Daemon.Admin.StatusAsync()).Status.ShouldBe(200);
        LogLines.ShouldBeWholeAndClean(portok.Daemon.Log);
        portok.Daemon.Log.ShouldNotContain("\"forged\"");
    }

    [Fact]
    public async Task Secrets_AreNeitherInTheLogNorInTheProcessList()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("app")));
        const string nearly = TempInstance.Token + "-nearly";
        (await RawClient.AskOnceAsync(portok.Daemon.Port, $"GET /__status HTTP/1.1\r\nHost: a\r\nx-admin-token: {nearly}\r\n\r\n")).Status.ShouldBe(401);
        await portok.Daemon.SaysAsync("127.0.0.1", "\"level\":\"warn\"");
        portok.Daemon.Log.ShouldNotContain(TempInstance.Token);
        string commandLine = await File.ReadAllTextAsync($"/proc/{portok.Daemon.ProcessId}/cmdline", TestContext.Current.CancellationToken);
        commandLine.ShouldContain("portokd");
        commandLine.ShouldNotContain(TempInstance.Token);
        string status = (await portok.Daemon.Admin.StatusAsync()).Text + (await portok.Daemon.Admin.MetricsAsync()).Text;
        status.ShouldNotContain(TempInstance.Token);
        (await File.ReadAllTextAsync(portok.Instance.StateFile, TestContext.Current.CancellationToken)).ShouldNotContain(TempInstance.Token);
    }
}

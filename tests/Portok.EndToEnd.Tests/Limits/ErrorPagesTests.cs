namespace Portok.EndToEnd.Tests.Limits;

/// <summary>ERROR_PAGES_DIR: bodies of the user's for Portok's own answers.</summary>
public sealed class ErrorPagesTests
{
    [Theory]
    [InlineData("", "ours in text")]
    [InlineData("Accept: text/html\r\n", "<h1>ours</h1>")]
    [InlineData("Accept: application/json\r\n", "{\"ours\":true}")]
    public async Task ErrorPage_ForThatStatusAndForm_IsSent(string accept, string body)
    {
        using var pages = new TempFolder();
        await File.WriteAllTextAsync(pages.Combine("502.txt"), "ours in text");
        await File.WriteAllTextAsync(pages.Combine("502.html"), "<h1>ours</h1>");
        await File.WriteAllTextAsync(pages.Combine("502.json"), "{\"ours\":true}");
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(FreePort.Next(), ("ERROR_PAGES_DIR", pages.Path));
        await using TempInstance owned = instance;
        WireMessage answer = await RawClient.AskOnceAsync(daemon.Port, $"GET / HTTP/1.1\r\nHost: a\r\n{accept}\r\n");
        answer.Status.ShouldBe(502);
        answer.Text.ShouldBe(body);
        answer["Proxy-Status"].ShouldBe("portok; error=connection_refused");
        WireMessage other = await RawClient.AskOnceAsync(daemon.Port, $"GET / HTTP/1.1\r\n{accept}\r\n");
        other.Status.ShouldBe(400);
        other.Text.ShouldNotContain("ours", customMessage: "a page is for its own status");
    }
}

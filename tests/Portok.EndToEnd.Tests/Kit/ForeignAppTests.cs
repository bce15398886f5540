namespace Portok.EndToEnd.Tests.Kit;

/// <summary>The foreign apps do what their README says: straight at them, without Portok.</summary>
public sealed class ForeignAppTests
{
    [Theory]
    [InlineData("keep", false)]
    [InlineData("close", true)]
    [InlineData("cut", false)]
    public async Task Node_AnswersByMode(string mode, bool saysClose)
    {
        await using ForeignApp app = await ForeignApp.NodeAsync("v7", mode);
        await using RawClient client = await RawClient.ConnectAsync(app.Port);
        WireMessage answer = await client.AskAsync("GET /version HTTP/1.1\r\nHost: a\r\n\r\n");
        answer.Text.ShouldBe("v7");
        answer.HasToken("Connection", "close").ShouldBe(saysClose);
        if (string.Equals(mode, "keep", StringComparison.Ordinal))
        {
            (await client.AskAsync("GET /version HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("v7");
        }
        else
        {
            (await client.ReadToEndAsync()).ShouldBeEmpty();
            client.End.ShouldBe(WireEnd.Closed);
        }
    }

    [Fact]
    public async Task Nginx_ServesFilesByVersion()
    {
        await using ForeignApp app = await ForeignApp.NginxAsync("v3");
        WireMessage answer = await RawClient.AskOnceAsync(app.Port, "GET /version HTTP/1.1\r\nHost: a\r\n\r\n");
        answer.Text.ShouldBe("v3");
        answer["X-App-Version"].ShouldBe("v3");
        WireMessage download = await RawClient.AskOnceAsync(app.Port, "GET /download HTTP/1.1\r\nHost: a\r\n\r\n");
        Pattern.FirstFault(download.Body).ShouldBe(-1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Health_CanBeMadeToFailAndToHang(bool isNode)
    {
        await using ForeignApp app = isNode ? await ForeignApp.NodeAsync() : await ForeignApp.AspNetAsync();
        await app.SetHealthAsync("fail");
        (await RawClient.AskOnceAsync(app.Port, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n")).Status.ShouldBe(500);
        await app.SetHealthAsync("hang");
        await using RawClient client = await RawClient.ConnectAsync(app.Port);
        await client.SendAsync("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
        (await client.IsSilentAsync(TimeSpan.FromMilliseconds(300))).ShouldBeTrue();
        await app.SetHealthAsync("ok");
        (await RawClient.AskOnceAsync(app.Port, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NodeClients_StraightAtApp_AreContent(bool isNode)
    {
        await using ForeignApp app = isNode ? await ForeignApp.NodeAsync() : await ForeignApp.AspNetAsync();
        await Clients.NodeClients.UndiciIsContentAsync(app.Port, "v1");
        await Clients.NodeClients.WsIsContentAsync(app.Port);
    }
}

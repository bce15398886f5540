namespace Portok.EndToEnd.Tests.Relay;

/// <summary>TRACE and OPTIONS that count their hops (RFC 9110 7.6.2).</summary>
public sealed class MaxForwardsTests(ExactFixture portok) : IClassFixture<ExactFixture>
{
    [Theory]
    [InlineData("TRACE", "5", "4")]
    [InlineData("OPTIONS", "1", "0")]
    public async Task MaxForwards_AboveZero_ReachesAppOneLess(string method, string received, string sent)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync($"{method} / HTTP/1.1\r\nHost: a\r\nMax-Forwards: {received}\r\n\r\n")).Text.ShouldBe("x");
        Latin1.Text((await app.ConnectionAsync()).Received).ShouldBe($"{method} / HTTP/1.1\r\nHost: a\r\nMax-Forwards: {sent}\r\n\r\n");
    }

    [Fact]
    public async Task MaxForwards_ZeroInTrace_IsReflectedByPortokWithoutSecrets()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync("TRACE /t HTTP/1.1\r\nHost: a\r\nCookie: secret\r\nX-Admin-Token: secret\r\nMax-Forwards: 0\r\nX: y\r\n\r\n");
        answer.Status.ShouldBe(200);
        answer["Content-Type"].ShouldBe("message/http");
        answer.Text.ShouldBe("TRACE /t HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\nX: y\r\n\r\n");
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        client.End.ShouldBe(WireEnd.Closed);
        app.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("*", "")]
    [InlineData("/x", "Content-Length: 5\r\n")]
    [InlineData("http://a/x", "")]
    public async Task MaxForwards_ZeroInOptions_IsAnsweredByPortok(string target, string fields)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync($"OPTIONS {target} HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n{fields}\r\n{(fields.Length > 0 ? "hello" : "")}GET /behind HTTP/1.1\r\nHost: a\r\n\r\n");
        WireMessage answer = await client.ReadResponseAsync();
        answer.Status.ShouldBe(200);
        answer["Allow"].ShouldNotBeNull().ShouldContain("OPTIONS");
        answer.ContentLength.ShouldBe(0);
        answer.HasToken("Connection", "close").ShouldBeTrue(answer.Head);
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        app.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("TRACE", "x")]
    [InlineData("OPTIONS", "1\r\nMax-Forwards: 1")]
    public async Task MaxForwards_ThatIsNotOneNumber_Is400(string method, string value)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync($"{method} / HTTP/1.1\r\nHost: a\r\nMax-Forwards: {value}\r\n\r\n")).Status.ShouldBe(400);
        app.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task MaxForwards_InOtherMethods_PassesAsItCame()
    {
        const string request = "GET / HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n";
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync(request)).Text.ShouldBe("x");
        Latin1.Text((await app.ConnectionAsync()).Received).ShouldBe(request);
    }

    [Fact]
    public async Task MaxForwards_ZeroAtAnAdminPath_IsStillTheAdminApisToAnswer()
    {
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync("OPTIONS /__status HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n")).Status.ShouldBe(401);
    }
}

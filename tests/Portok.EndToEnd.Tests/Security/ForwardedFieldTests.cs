namespace Portok.EndToEnd.Tests.Security;

/// <summary>X-Forwarded-* cannot be used to inject fields, and what a client forges never stands last.</summary>
public sealed class ForwardedFieldTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    [Theory]
    [InlineData("Host: a\u000bb")]
    [InlineData("Host: a\tb")]
    [InlineData("Host: a\r b")]
    [InlineData("Host: a\nX-Injected: 1")]
    [InlineData("Host: a, b")]
    [InlineData("Host: a;X-Injected: 1")]
    [InlineData("Host: \"a\"")]
    [InlineData("Host: <script>")]
    [InlineData("Host: ")]
    [InlineData("Host: a\r\nX-Forwarded-For: 1.1.1.1\u0001")]
    [InlineData("Host: a\r\nX-Forwarded-For: 1.1.1.1\r\n , 2.2.2.2")]
    [InlineData("Host: a\r\nX-Forwarded-Proto: http\0s")]
    public async Task Value_ThatCouldInject_IsRefused(string fields)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync($"GET / HTTP/1.1\r\n{fields}\r\n\r\n")).Status.ShouldBe(400);
        app.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("X-Forwarded-For: 127.0.0.1, 10.0.0.1")]
    [InlineData("x-forwarded-FOR:127.0.0.1")]
    [InlineData("X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: ")]
    [InlineData("X-Forwarded-For: 1.1.1.1,")]
    [InlineData("X-Forwarded-For: 9.9.9.9\r\nConnection: X-Forwarded-For")]
    public async Task For_Forged_PeersAddressStandsLast(string field)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        await client.AskAsync($"GET / HTTP/1.1\r\nHost: a\r\n{field}\r\n\r\n");
        string all = string.Join(", ", (await app.RequestAsync()).Values("X-Forwarded-For"));
        all.Split(',')[^1].Trim().ShouldBe("127.0.0.1");
        all.Split(',').Length.ShouldBeGreaterThan(1);
    }
}

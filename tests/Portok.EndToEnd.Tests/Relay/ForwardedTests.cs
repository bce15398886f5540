using System.Globalization;

namespace Portok.EndToEnd.Tests.Relay;

/// <summary>X-Forwarded-*: who asked, and for what (ENABLE_XFWD=1, the default).</summary>
public sealed class ForwardedTests(PortokFixture portok) : IClassFixture<PortokFixture>
{
    [Fact]
    public async Task Forwarded_NothingThereYet_AllFourAreAdded()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        string host = string.Create(CultureInfo.InvariantCulture, $"shop.test:{portok.Daemon.Port}");
        await client.AskAsync($"GET / HTTP/1.1\r\nHost: {host}\r\nX-Mine: 1\r\n\r\n");
        WireMessage seen = await app.RequestAsync();
        seen["X-Forwarded-For"].ShouldBe("127.0.0.1");
        seen["X-Forwarded-Proto"].ShouldBe("http");
        seen["X-Forwarded-Host"].ShouldBe(host);
        seen["X-Forwarded-Port"].ShouldBe(portok.Daemon.Port.ToString(CultureInfo.InvariantCulture));
        seen["X-Mine"].ShouldBe("1");
        seen["Host"].ShouldBe(host);
    }

    [Fact]
    public async Task Forwarded_AnotherProxyInFront_ForGrowsAndFirstHostAndProtoStay()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.7, 10.0.0.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: public.test\r\n\r\n");
        WireMessage seen = await app.RequestAsync();
        string.Join(", ", seen.Values("X-Forwarded-For")).ShouldBe("203.0.113.7, 10.0.0.1, 127.0.0.1");
        seen["X-Forwarded-Proto"].ShouldBe("https");
        seen["X-Forwarded-Host"].ShouldBe("public.test");
    }

    [Fact]
    public async Task Forwarded_ForOnSeveralLines_KeepsItsOrderAndGrowsAtTheEnd()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.1.1.1\r\nX-Between: y\r\nx-forwarded-for: 2.2.2.2\r\n\r\n");
        string.Join(", ", (await app.RequestAsync()).Values("X-Forwarded-For")).ShouldBe("1.1.1.1, 2.2.2.2, 127.0.0.1");
    }

    [Fact]
    public async Task Forwarded_OnEachRequestOfAConnection_IsAdded()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        for (int turn = 0; turn < 3; turn++)
            await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        app.Requests.Select(request => request["X-Forwarded-For"]).ShouldBe(["127.0.0.1", "127.0.0.1", "127.0.0.1"]);
    }
}

/// <summary>ENABLE_XFWD=0.</summary>
public sealed class ForwardedOffTests(ExactFixture portok) : IClassFixture<ExactFixture>
{
    [Fact]
    public async Task Forwarded_TurnedOff_WhatIsThereGoesThroughAndNothingIsAdded()
    {
        const string request = "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.1.1.1\r\nX-Forwarded-Proto: https\r\n\r\n";
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(Scripts.Ok("x")));
        await using RawClient client = await portok.ConnectAsync();
        await client.AskAsync(request);
        Latin1.Text((await app.ConnectionAsync()).Received).ShouldBe(request);
    }
}

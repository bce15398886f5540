namespace Portok.EndToEnd.Tests.Relay;

/// <summary>Upgrades: WebSocket and any other protocol (RFC 9110 7.8, RFC 6455 4).</summary>
public sealed class UpgradeTests(ExactFixture portok) : IClassFixture<ExactFixture>
{
    private const string WebSocket =
        "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: chat, superchat\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n";

    private const string Other = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: upgrade, X-Hop\r\nX-Hop: 1\r\nUpgrade: my-protocol/3\r\n\r\n";

    [Fact]
    public async Task WebSocket_Handshake_ReachesAppWithItsFieldsUntouched()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.UpgradeAndEcho("websocket"));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(WebSocket);
        WireMessage answer = new(await client.ReadHeadAsync(), [], [], []);
        answer.Status.ShouldBe(101);
        answer["Upgrade"].ShouldBe("websocket");
        answer.HasToken("Connection", "upgrade").ShouldBeTrue(answer.Head);
        WireMessage seen = await app.RequestAsync();
        seen["Upgrade"].ShouldBe("websocket");
        seen.HasToken("Connection", "upgrade").ShouldBeTrue(seen.Head);
        seen["Sec-WebSocket-Key"].ShouldBe("dGhlIHNhbXBsZSBub25jZQ==");
        seen["Sec-WebSocket-Version"].ShouldBe("13");
        seen["Sec-WebSocket-Protocol"].ShouldBe("chat, superchat");
        seen["Sec-WebSocket-Extensions"].ShouldBe("permessage-deflate");
    }

    [Fact]
    public async Task Upgrade_ToAnotherProtocol_IsATunnelOfBytes()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.UpgradeAndEcho("my-protocol/3"));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(Other);
        (await client.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 101 ");
        (await app.RequestAsync()).Has("X-Hop").ShouldBeFalse();
        byte[] bytes = [.. Enumerable.Range(0, 500_000).Select(index => (byte)(index * 3))];
        Task sending = client.SendAsync(bytes);
        (await client.ReadExactlyAsync(bytes.Length)).SequenceEqual(bytes).ShouldBeTrue();
        await sending;
    }

    [Fact]
    public async Task Upgrade_BytesRightBehindBothHeads_AreNotLost()
    {
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: my-protocol/3\r\n\r\nserver first");
            await connection.SendAsync(await connection.ReadExactlyAsync(12));
            await connection.StallAsync();
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(Other + "client first");
        await client.ReadHeadAsync();
        (await client.ReadThroughAsync("client first")).ShouldBe("server firstclient first");
    }

    [Theory]
    [InlineData("HTTP/1.1 426 Upgrade Required\r\nUpgrade: other/1\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\nno", 426)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno", 200)]
    [InlineData("HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n", 403)]
    public async Task Upgrade_Refused_IsAnOrdinaryAnswerAndTheConnectionLivesOn(string refusal, int status)
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Each(request => request.Target is "/x" ? refusal : Scripts.Ok("next")));
        await using RawClient client = await portok.ConnectAsync();
        WireMessage answer = await client.AskAsync(Other);
        answer.Status.ShouldBe(status);
        answer.Text.ShouldBe("no");
        (await client.AskAsync("GET /next HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe("next");
    }

    [Fact]
    public async Task Tunnel_ClientEndsItsDirection_AppSeesThatAndMayGoOn()
    {
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: my-protocol/3\r\n\r\n");
            byte[] all = await connection.ReadToEndAsync();
            await connection.SendAsync($"{connection.End} after {all.Length} bytes");
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(Other);
        await client.ReadHeadAsync();
        await client.SendAsync("seven!!");
        client.HalfClose();
        Latin1.Text(await client.ReadToEndAsync()).ShouldBe("Closed after 7 bytes");
        client.End.ShouldBe(WireEnd.Closed);
    }

    [Fact]
    public async Task Tunnel_AppEndsItsDirection_ClientSeesThatAndMayGoOn()
    {
        var got = new TaskCompletionSource<string>();
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: my-protocol/3\r\n\r\nlast words");
            connection.HalfClose();
            got.SetResult(Latin1.Text(await connection.ReadToEndAsync()));
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(Other);
        await client.ReadHeadAsync();
        Latin1.Text(await client.ReadToEndAsync()).ShouldBe("last words");
        await client.SendAsync("still here");
        client.HalfClose();
        (await got.Task.WaitAsync(Patience.Normal)).ShouldBe("still here");
    }

    [Fact]
    public async Task Tunnel_ClientResets_AppSeesAReset()
    {
        var end = new TaskCompletionSource<WireEnd>();
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: my-protocol/3\r\n\r\n");
            await connection.ReadToEndAsync();
            end.SetResult(connection.End);
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(Other);
        await client.ReadHeadAsync();
        client.Reset();
        (await end.Task.WaitAsync(Patience.Normal)).ShouldBe(WireEnd.Reset);
    }

    [Fact]
    public async Task Tunnel_AppResets_ClientSeesAReset()
    {
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: my-protocol/3\r\n\r\n");
            await connection.ReadExactlyAsync(1);
            connection.Reset();
        });
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(Other);
        await client.ReadHeadAsync();
        await client.SendAsync("!");
        await client.ReadToEndAsync();
        client.End.ShouldBe(WireEnd.Reset);
    }

    [Fact]
    public async Task Upgrade_UnaskedFor_Is502()
    {
        await using ScriptedApp app = await portok.BehindAsync(Scripts.UpgradeAndEcho("websocket"));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Status.ShouldBe(502);
    }

    [Fact]
    public async Task Upgrade_Required_SaysToWhat()
    {
        // RFC 9110 15.5.22: a 426 has an Upgrade field, and 7.8: named by Connection.
        const string refusal = "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nContent-Length: 2\r\nConnection: Upgrade\r\n\r\nno";
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Always(refusal));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Latin1.Text(await client.ReadExactlyAsync(refusal.Length)).ShouldBe(refusal);
    }

    [Theory]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")]
    public async Task Upgrade_ToNothingOrSomethingElseThanWebSocket_Is502(string response)
    {
        // RFC 9110 7.8 and 15.2.2: a 101 names a protocol that was asked for.
        await using ScriptedApp app = await portok.BehindAsync(Scripts.Stall(response));
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync(WebSocket)).Status.ShouldBe(502);
    }

    [Fact]
    public async Task WebSocket_FramesOfAllKinds_PassByteForByte()
    {
        // RFC 6455 5.4: an extension's reserved bits, fragments with a ping between them, an empty frame, a 64-bit length,
        // an unknown opcode: nothing is joined, split or looked into.
        byte[] frames =
        [
            0xC2, 0x83, 1, 2, 3, 4, 5, 6, 7,
            0x01, 0x82, 9, 8, 7, 6, 1, 2,
            0x89, 0x80, 1, 1, 1, 1,
            0x80, 0xFF, 0, 0, 0, 0, 0, 0, 0, 2, 4, 4, 4, 4, 7, 7,
            0x83, 0x80, 0, 0, 0, 0,
            0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8,
        ];
        await using ScriptedApp app = await portok.BehindAsync(Scripts.UpgradeAndEcho("websocket"));
        await using RawClient client = await portok.ConnectAsync();
        await client.SendAsync(WebSocket);
        await client.ReadHeadAsync();
        foreach (byte one in frames) await client.SendAsync(new[] { one });
        (await client.ReadExactlyAsync(frames.Length)).ShouldBe(frames);
        (await app.ConnectionAsync()).Received[^frames.Length..].ShouldBe(frames);
    }

    [Fact]
    public async Task Upgrade_BeforeTheBodyIsWhole_Is502()
    {
        await using ScriptedApp app = await portok.BehindAsync(async connection =>
        {
            await connection.ReadRequestHeadAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: my-protocol/3\r\n\r\n");
            await connection.StallAsync();
        });
        await using RawClient client = await portok.ConnectAsync();
        (await client.AskAsync("POST /x HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: my-protocol/3\r\nContent-Length: 5\r\n\r\nhi")).Status.ShouldBe(502);
    }
}

using System.Text.Json;

namespace Portok.EndToEnd.Tests.Switching;

/// <summary>What POST /__switch promises, call by call.</summary>
public sealed class SwitchCallTests : IAsyncLifetime
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private readonly ScriptedApp _one = ScriptedApp.Start(Scripts.Always(Scripts.Ok("one")));
    private readonly ScriptedApp _two = ScriptedApp.Start(Scripts.Always(Scripts.Ok("two")));
    private TempInstance? _instance;
    private PortokDaemon? _daemon;

    private PortokDaemon Daemon => _daemon!;

    public async ValueTask InitializeAsync()
        => (_instance, _daemon) = await TempInstance.StartNewAsync(
            _one.Port, ("HEALTH_TIMEOUT_MS", "3000"), ("ROLLBACK_CHECK_EVERY_MS", "86400000"));

    public async ValueTask DisposeAsync()
    {
        await _instance!.DisposeAsync();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task Switch_ToAHealthyPort_AnswersAsNpmPortokDid()
    {
        AdminAnswer answer = await Daemon.SwitchAsync(_two.Port);
        answer["success"].GetBoolean().ShouldBeTrue();
        answer["message"].GetString().ShouldBe($"Switched to port {_two.Port}");
        answer["switch.from"].GetInt32().ShouldBe(_one.Port);
        answer["switch.to"].GetInt32().ShouldBe(_two.Port);
        answer["switch.reason"].GetString().ShouldBe("manual");
        answer["switch.at"].GetString().ShouldNotBeNull().ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        Guid.TryParse(answer["switch.id"].GetString(), out _).ShouldBeTrue();
        AdminAnswer status = await Daemon.Admin.StatusAsync();
        status["activePort"].GetInt32().ShouldBe(_two.Port);
        status["lastSwitch"].GetRawText().ShouldBe(answer["switch"].GetRawText());
    }

    [Fact]
    public async Task Switch_Acknowledged_EveryOpenConnectionGoesToTheNewPort()
    {
        RawClient[] clients = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Daemon.ConnectAsync()));
        await Task.WhenAll(clients.Select(client => client.AskAsync(Get)));
        for (int turn = 0; turn < 10; turn++)
        {
            await Daemon.SwitchAsync(turn % 2 == 0 ? _two.Port : _one.Port);
            WireMessage[] answers = await Task.WhenAll(clients.Select(client => client.AskAsync(Get)));
            answers.ShouldAllBe(answer => answer.Text == (turn % 2 == 0 ? "two" : "one"));
        }

        foreach (RawClient client in clients)
            await client.DisposeAsync();
    }

    [Theory]
    [InlineData(ProbeAnswer.Failing, "status")]
    [InlineData(ProbeAnswer.Hanging, "timeout")]
    [InlineData(ProbeAnswer.Resetting, "reset")]
    public async Task Switch_ProbeFails_Is409AndTrafficStays(ProbeAnswer probe, string failure)
    {
        _two.Probe = probe;
        AdminAnswer answer = await Daemon.Admin.SwitchAsync(_two.Port);
        answer.Status.ShouldBe(409, answer.Text);
        answer["error"].GetString().ShouldBe("Health check failed");
        answer["message"].GetString().ShouldBe($"Port {_two.Port} did not respond with 2xx at /health");
        answer["probe.failure"].GetString().ShouldBe(failure);
        answer["probe.elapsedMs"].GetDouble().ShouldBeInRange(0, 5000);
        if (probe == ProbeAnswer.Failing)
        {
            answer["probe.status"].GetInt32().ShouldBe(500);
            answer["probe.bodyStart"].GetString().ShouldBe("bad");
        }

        (await RawClient.AskOnceAsync(Daemon.Port, Get)).Text.ShouldBe("one");
        AdminAnswer status = await Daemon.Admin.StatusAsync();
        status["activePort"].GetInt32().ShouldBe(_one.Port);
        status["lastSwitch"].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Switch_NothingListens_Is409Refused()
    {
        AdminAnswer answer = await Daemon.Admin.SwitchAsync(FreePort.Next());
        answer.Status.ShouldBe(409);
        answer["probe.failure"].GetString().ShouldBe("refused");
    }

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", "status")]
    [InlineData("HTTP/1.1 199 Odd\r\n\r\n", "timeout")]
    [InlineData("garbage\r\n\r\n", "invalid")]
    public async Task Switch_ProbeAnswerIsNo2xx_Is409(string probe, string failure)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Stall(probe), new ScriptedAppOptions { HealthPath = null });
        AdminAnswer answer = await Daemon.Admin.SwitchAsync(app.Port);
        answer.Status.ShouldBe(409, answer.Text);
        answer["probe.failure"].GetString().ShouldBe(failure);
    }

    [Fact]
    public async Task Switch_ToTheActivePort_Is200ProbedAndLeavesNoNewRecord()
    {
        AdminAnswer first = await Daemon.SwitchAsync(_two.Port);
        AdminAnswer before = await Daemon.Admin.StatusAsync();
        int probes = _two.Probes;
        AdminAnswer again = await Daemon.SwitchAsync(_two.Port);
        again["message"].GetString().ShouldBe($"Port {_two.Port} is already active");
        _two.Probes.ShouldBe(probes + 1);
        AdminAnswer after = await Daemon.Admin.StatusAsync();
        after["lastSwitch.id"].GetString().ShouldBe(first["switch.id"].GetString());
        after["rollback.previousPort"].GetInt32().ShouldBe(_one.Port);
        after["rollback.armedUntil"].GetString().ShouldBe(before["rollback.armedUntil"].GetString());
    }

    [Fact]
    public async Task Switch_ToTheActivePortThatIsUnwell_Is409()
    {
        _one.Probe = ProbeAnswer.Failing;
        (await Daemon.Admin.SwitchAsync(_one.Port)).Status.ShouldBe(409);
    }

    [Theory]
    [InlineData("/__switch")]
    [InlineData("/__switch?port=")]
    [InlineData("/__switch?port=0")]
    [InlineData("/__switch?port=65536")]
    [InlineData("/__switch?port=-1")]
    [InlineData("/__switch?port=80a")]
    [InlineData("/__switch?port=8e3")]
    [InlineData("/__switch?port=99999999999999999999")]
    [InlineData("/__switch?Port=8081")]
    public async Task Switch_BadPort_Is400(string path)
    {
        AdminAnswer answer = await Daemon.Admin.CallAsync(HttpMethod.Post, path);
        answer.Status.ShouldBe(400, answer.Text);
        answer["error"].GetString().ShouldNotBeNullOrEmpty();
        answer["message"].GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Switch_ToTheDaemonsOwnPort_Is400()
        => (await Daemon.Admin.SwitchAsync(Daemon.Port)).Status.ShouldBe(400);

    [Fact]
    public async Task Switch_ExpectingAnotherActivePort_Is409AndTrafficStays()
    {
        AdminAnswer refused = await Daemon.Admin.SwitchAsync(_two.Port, $"&expect={_two.Port}");
        refused.Status.ShouldBe(409, refused.Text);
        (await Daemon.Admin.ActivePortAsync()).ShouldBe(_one.Port);
        (await Daemon.Admin.SwitchAsync(_two.Port, $"&expect={_one.Port}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Switch_RepeatedWithTheSameId_GivesTheFirstAnswerAgain()
    {
        AdminAnswer first = await Daemon.Admin.SwitchAsync(_two.Port, "&id=deploy-42");
        first["switch.id"].GetString().ShouldBe("deploy-42");
        await Daemon.SwitchAsync(_one.Port);
        AdminAnswer again = await Daemon.Admin.SwitchAsync(_two.Port, "&id=deploy-42");
        again.Status.ShouldBe(200);
        again["switch"].GetRawText().ShouldBe(first["switch"].GetRawText());
        (await Daemon.Admin.ActivePortAsync()).ShouldBe(_one.Port, "a repeat is not a new switch");
    }

    [Fact]
    public async Task Switch_WithAReason_RecordsIt()
    {
        AdminAnswer answer = await Daemon.Admin.SwitchAsync(_two.Port, "&reason=release%201.2");
        answer["switch.reason"].GetString().ShouldBe("release 1.2");
    }

    [Fact]
    public async Task Switch_ManyAtOnce_AreOneAfterTheOther()
    {
        int[] ports = [.. Enumerable.Range(0, 20).Select(number => number % 2 == 0 ? _two.Port : _one.Port)];
        AdminAnswer[] answers = await Task.WhenAll(ports.Select(port => Daemon.Admin.SwitchAsync(port)));
        answers.ShouldAllBe(answer => answer.Status == 200);
        // Each real switch starts where another one ended: nothing interleaved.
        (int From, int To)[] moves = [.. answers.Where(answer => answer["message"].GetString()!.StartsWith("Switched", StringComparison.Ordinal))
            .Select(answer => (answer["switch.from"].GetInt32(), answer["switch.to"].GetInt32()))];
        moves.ShouldAllBe(move => move.From != move.To);
        int balance = moves.Count(move => move.To == _two.Port) - moves.Count(move => move.To == _one.Port);
        balance.ShouldBe(await Daemon.Admin.ActivePortAsync() == _two.Port ? 1 : 0);
    }

    [Fact]
    public async Task Switch_CallerGoesAwayInTheMiddle_DaemonGoesOn()
    {
        await using ScriptedApp slow = ScriptedApp.Start(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await Task.Delay(200);
                await connection.SendAsync(Scripts.Ok("ok"));
            },
            new ScriptedAppOptions { HealthPath = null });
        RawClient client = await Daemon.ConnectAsync();
        await client.SendAsync($"POST /__switch?port={slow.Port} HTTP/1.1\r\nHost: a\r\nx-admin-token: {TempInstance.Token}\r\nContent-Length: 0\r\n\r\n");
        await slow.ConnectionAsync();
        client.Reset();
        await Daemon.SwitchAsync(_two.Port);
        (await RawClient.AskOnceAsync(Daemon.Port, Get)).Text.ShouldBe("two");
    }
}

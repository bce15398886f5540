namespace Portok.EndToEnd.Tests.Faults;

/// <summary>The daemon's own system calls fail, made to by strace: whatever the kernel refuses, nothing is lost or confused.</summary>
public sealed class FailingCallsTests
{
    private const int Clients = 8, Rounds = 20;

    [Theory]
    // Counted for each thread: every second call is interrupted.
    [InlineData("accept4,recvfrom,sendto,connect,epoll_wait:error=EINTR:when=1+2")]
    [InlineData("sendto:error=ENOBUFS:when=40+3")]
    [InlineData("recvfrom:error=ENOMEM:when=40+3")]
    [InlineData("accept4:error=ECONNABORTED:when=3+2")]
    [InlineData("accept4:error=ENOMEM:when=3+2")]
    [InlineData("accept4:error=EPERM:when=3+2")]
    public async Task Calls_ThatFailNowAndThen_EveryAnswerIsWholeAndRight(string fault)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Each(r => Scripts.Ok(r.Target + r.Text)));
        await using var instance = new TempInstance(app.Port, ("REACTORS", "1"), ("ROLLBACK_CHECK_EVERY_MS", "86400000"))
        {
            RunBy = ["strace", "-D", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", $"trace={fault.Split(':')[0]}", "-e", $"inject={fault}"],
        };
        PortokDaemon daemon = await instance.StartAsync();
        string body = Latin1.Text(Pattern.Bytes(30_000));
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async number =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                await using RawClient client = await daemon.ConnectAsync();
                (await client.AskAsync($"GET /{number}/{round} HTTP/1.1\r\nHost: a\r\n\r\n")).Text.ShouldBe($"/{number}/{round}");
                string order = $"POST /{number}/{round}/order HTTP/1.1\r\nHost: a\r\nContent-Length: {body.Length}\r\n\r\n{body}";
                (await client.AskAsync(order)).Text.ShouldBe($"/{number}/{round}/order{body}");
            }
        }));
        app.Requests.Count(r => r.Method is "POST").ShouldBe(Clients * Rounds);
        daemon.Log.ShouldNotContain("xception");
    }

    [Fact]
    public async Task Connect_NoPortLeftNowAndThen_IsA503ForThatRequestOnly()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Once("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell"));
        await using var instance = new TempInstance(app.Port, ("REACTORS", "1"), ("ROLLBACK_CHECK_EVERY_MS", "86400000"))
        {
            RunBy = ["strace", "-D", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=connect", "-e", "inject=connect:error=EADDRNOTAVAIL:when=20+2"],
        };
        PortokDaemon daemon = await instance.StartAsync();
        var statuses = new List<int>();
        await using RawClient client = await daemon.ConnectAsync();
        for (int i = 0; i < 60; i++) statuses.Add((await client.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")).Status);
        statuses.Distinct().Order().ShouldBe([200, 503]);
        app.Requests.Count.ShouldBe(statuses.Count(status => status == 200));
    }
}

using System.Diagnostics;
using System.Net.WebSockets;

namespace Portok.EndToEnd.Tests.Signals;

/// <summary>SIGTERM and SIGINT: finish what runs, inside DRAIN_MS; then go.</summary>
public sealed class StopTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_NothingRuns_ExitsWith0AtOnce(bool byTerm)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("x")));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port);
        await using TempInstance owned = instance;
        await using RawClient idle = await daemon.ConnectAsync();
        await idle.AskAsync(Get);
        long start = Stopwatch.GetTimestamp();
        if (byTerm)
            daemon.Terminate();
        else
            daemon.Interrupt();
        (await daemon.WaitForExitAsync()).ShouldBe(0, daemon.Transcript);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(6));
        (await idle.ReadToEndAsync()).ShouldBeEmpty();
        FreePort.IsFree(daemon.Port).ShouldBeTrue();
    }

    [Fact]
    public async Task Stop_RequestInFlight_IsFinishedAndSaysClose()
    {
        var release = new TaskCompletionSource();
        await using ScriptedApp app = ScriptedApp.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await release.Task;
            await connection.SendAsync(Scripts.Ok("finished"));
            await connection.StallAsync();
        });
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port, ("DRAIN_MS", "20000"));
        await using TempInstance owned = instance;
        await using RawClient client = await daemon.ConnectAsync();
        await client.SendAsync(Get);
        await app.RequestAsync();
        daemon.Terminate();
        await Poll.UntilAsync(() => RefusesAsync(daemon.Port), what: "no more accepting");
        daemon.HasExited.ShouldBeFalse();
        release.SetResult();
        WireMessage answer = await client.ReadResponseAsync();
        answer.Text.ShouldBe("finished");
        answer.HasToken("Connection", "close").ShouldBeTrue(answer.Head);
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        (await daemon.WaitForExitAsync()).ShouldBe(0, daemon.Transcript);
    }

    [Fact]
    public async Task Stop_RequestHangs_IsCutAfterDrainMsAndExitIs0()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Stall("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port, ("DRAIN_MS", "1500"));
        await using TempInstance owned = instance;
        await using RawClient client = await daemon.ConnectAsync();
        await client.SendAsync(Get);
        await client.ReadThroughAsync("x\r\n");
        long start = Stopwatch.GetTimestamp();
        daemon.Terminate();
        Latin1.Text(await client.ReadToEndAsync()).ShouldBe("", "cut, not completed");
        (await daemon.WaitForExitAsync()).ShouldBe(0, daemon.Transcript);
        Stopwatch.GetElapsedTime(start).ShouldBeInRange(TimeSpan.FromSeconds(1.3), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Stop_WebSocketOpen_Gets1001()
    {
        await using ForeignApp app = await ForeignApp.NodeAsync();
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port, ("DRAIN_MS", "1000"));
        await using TempInstance owned = instance;
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{daemon.Port}/ws"), CancellationToken.None);
        daemon.Terminate();
        WebSocketReceiveResult received = await socket.ReceiveAsync(new byte[100], CancellationToken.None).WaitAsync(Patience.Normal);
        ((int?)received.CloseStatus).ShouldBe(1001);
        (await daemon.WaitForExitAsync()).ShouldBe(0, daemon.Transcript);
        await Poll.ForAsync(() => app.GetAsync("/ws/closes"), closes => closes is "1001", what: "the app to have seen 1001");
    }

    [Fact]
    public async Task Stop_SecondSignal_ExitsAtOnce()
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Stall());
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port, ("DRAIN_MS", "60000"));
        await using TempInstance owned = instance;
        await using RawClient client = await daemon.ConnectAsync();
        await client.SendAsync(Get);
        await app.RequestAsync();
        daemon.Terminate();
        await Poll.UntilAsync(() => RefusesAsync(daemon.Port), what: "no more accepting");
        daemon.HasExited.ShouldBeFalse();
        long start = Stopwatch.GetTimestamp();
        daemon.Terminate();
        await daemon.WaitForExitAsync();
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData(8, "")]
    [InlineData(2, "Connection: close\r\n")]
    public async Task Stop_ClientsGoOnAskingAndConnecting_EveryAcceptedRequestIsAnsweredAndTheLastSaysClose(int count, string field)
    {
        await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(Scripts.Ok("x")));
        (TempInstance instance, PortokDaemon daemon) = await TempInstance.StartNewAsync(app.Port, ("DRAIN_MS", "5000"));
        await using TempInstance owned = instance;
        Task[] clients = [.. Enumerable.Range(0, count).Select(_ => Task.Run(() => AskUntilNobodyListensAsync(daemon.Port, $"GET / HTTP/1.1\r\nHost: a\r\n{field}\r\n")))];
        await Poll.UntilAsync(() => app.Requests.Count > 200, what: "load");
        daemon.Terminate();
        (await daemon.WaitForExitAsync()).ShouldBe(0, daemon.Transcript);
        await Task.WhenAll(clients).WaitAsync(Patience.Normal);
    }

    private static async Task AskUntilNobodyListensAsync(int port, string request)
    {
        while (true)
        {
            RawClient client;
            try
            {
                client = await RawClient.ConnectAsync(port);
            }
            catch (WireException)
            {
                return;
            }

            await using RawClient owned = client;
            for (bool closes = false; !closes;)
            {
                WireMessage answer;
                try
                {
                    answer = await client.AskAsync(request);
                }
                catch (WireException) when (client.ReceivedCount == 0)
                {
                    // The kernel had the connection in the queue of a listener that closed: nobody ever accepted it.
                    return;
                }

                answer.Status.ShouldBe(200, answer.ToString());
                closes = answer.HasToken("Connection", "close");
            }
        }
    }

    private static async Task<bool> RefusesAsync(int port)
    {
        try
        {
            await using RawClient client = await RawClient.ConnectAsync(port);
            return false;
        }
        catch (WireException)
        {
            return true;
        }
    }
}

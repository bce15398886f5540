using System.Collections.Concurrent;
using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults;

/// <summary>The client ends at each byte of its request and of its answer.</summary>
public sealed class ClientAbortsTests
{
    public static TheoryData<string> Names => [.. Sample.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Reset_AtEachByteOfTheRequest_IsAResetForTheApp_AndNobodyElseNotices(string name)
    {
        Sample sample = AppCutsItsAnswerTests.Named(name);
        var ends = new ConcurrentBag<WireEnd>();
        await using ScriptedApp app = StalledApp(ends);
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using (await Bystander.StartAsync(engine))
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, sample.RequestFor(0).Length + 1), AppCutsItsAnswerTests.Together, async (cut, _) =>
            {
                RawClient client = await engine.ConnectAsync();
                await client.SendAsync(sample.RequestFor(0)[..cut]);
                client.Reset();
            });
            await Poll.UntilAsync(() => engine.Counters is { Inflight: 0, ClientConnectionsOpen: 1 });
        }

        await engine.QuietAsync();
        // Whoever saw anything of such a request saw it cancelled.
        await Poll.UntilAsync(() => ends.Count == app.Requests.Count(r => !FaultyApp.IsSteady(r)));
        ends.ShouldAllBe(end => end == WireEnd.Reset);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234")]
    public async Task Reset_TogetherWithTheRequest_CancelsItBeforeTheAppHearsOfIt(string request)
    {
        await using ScriptedApp app = ScriptedApp.Start(async connection => await connection.StallAsync(), new ScriptedAppOptions { HealthPath = null });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        RawClient client = await engine.ConnectAsync();
        await Poll.UntilAsync(() => engine.Counters.ClientConnectionsOpen == 1);
        // The reactor is kept busy until both are there: it is told of them in one event.
        using var go = new ManualResetEventSlim();
        Task busy = engine.OnReactorsAsync(_ => go.Wait(Patience.Normal));
        await client.SendAsync(request);
        client.Reset();
        go.Set();
        await busy;
        await engine.QuietAsync();
        app.Connections.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task HalfClose_AtEachByteOfTheRequest_Is400_OrTheWholeAnswer(string name)
    {
        Sample sample = AppCutsItsAnswerTests.Named(name);
        await using ScriptedApp app = FaultyApp.Start(async (connection, _, _) => await connection.SendAsync(sample.Response));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        string request = sample.RequestFor(0);
        int whole = sample.Response.Length;
        await using (await Bystander.StartAsync(engine))
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, request.Length + 1), AppCutsItsAnswerTests.Together, async (cut, _) =>
            {
                await using RawClient client = await engine.ConnectAsync();
                await client.SendAsync(request[..cut]);
                client.HalfClose();
                Sample.Outcome outcome = await sample.ReadAsync(client);
                if (cut == 0) outcome.Status.ShouldBe(0);
                else if (cut < request.Length) outcome.Status.ShouldBe(400, $"half-closed at {cut}");
                else outcome.Content.ShouldBe(sample.HasBody ? sample.ContentWithin(whole) : "");
                // A HEAD that nobody has read is answered with a body.
                if (!sample.ToHead) (await client.ReadToEndAsync()).ShouldBeEmpty();
                else await client.ReadToEndAsync();
                client.End.ShouldBe(WireEnd.Closed);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Reset_AtEachByteOfTheAnswer_IsAResetForTheApp_AndNobodyElseNotices(string name)
    {
        Sample sample = AppCutsItsAnswerTests.Named(name);
        var ends = new ConcurrentDictionary<int, WireEnd>();
        var sent = Enumerable.Range(0, sample.Response.Length + 1).Select(_ => new TaskCompletionSource()).ToArray();
        await using ScriptedApp app = FaultyApp.Start(async (connection, _, cut) =>
        {
            await connection.SendAsync(sample.Response[..cut]);
            sent[cut].TrySetResult();
            await connection.StallAsync();
            ends[cut] = connection.End;
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        int last = sample.IsUpgrade || sample.IsCloseDelimited ? sample.Response.Length : sample.HasBody ? sample.Response.Length - 1 : sample.BodyStart - 1;
        await using (await Bystander.StartAsync(engine))
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, last + 1), AppCutsItsAnswerTests.Together, async (cut, _) =>
            {
                RawClient client = await engine.ConnectAsync();
                await client.SendAsync(sample.RequestFor(cut));
                await sent[cut].Task.WaitAsync(Patience.Normal, CancellationToken.None);
                // Interim answers, and the head when it is whole, have come by then or come now.
                int heads = sample.InterimsWithin(cut) + (cut >= sample.BodyStart ? 1 : 0);
                for (int i = 0; i < heads; i++) await client.ReadHeadAsync();
                client.Reset();
            });
            await Poll.UntilAsync(() => ends.Count == last + 1);
        }

        ends.Values.ShouldAllBe(end => end == WireEnd.Reset);
    }

    [Fact]
    public async Task Stall_AtEachByteOfEachRequest_Is408_AndNobodyElseNotices()
    {
        await using ScriptedApp app = FaultyApp.Start(async (connection, _, _) => await connection.StallAsync());
        var limits = new EngineLimits { ServerHeadersTimeoutMs = 1500, ClientIdleTimeoutMs = 1500 };
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Limits = limits });
        await using (await Bystander.StartAsync(engine))
        {
            await Task.WhenAll(Sample.All.SelectMany(sample => Enumerable.Range(0, sample.RequestFor(0).Length).Select(async cut =>
            {
                await using RawClient client = await engine.ConnectAsync();
                await client.SendAsync(sample.RequestFor(0)[..cut]);
                Sample.Outcome outcome = await sample.ReadAsync(client);
                outcome.Status.ShouldBe(cut == 0 ? 0 : 408, $"{sample} stalled at {cut}");
                client.HalfClose();
                // A HEAD that nobody has read is answered with a body.
                await client.ReadToEndAsync();
                client.End.ShouldBe(WireEnd.Closed);
            })));
        }
    }

    private static ScriptedApp StalledApp(ConcurrentBag<WireEnd> ends) => ScriptedApp.Start(
        async connection =>
        {
            while (await connection.HasMoreAsync())
            {
                WireMessage request = await connection.ReadRequestHeadAsync();
                if (!FaultyApp.IsSteady(request))
                {
                    await connection.StallAsync();
                    ends.Add(connection.End);
                    return;
                }

                await connection.SendAsync(Scripts.Ok(request.Target));
            }
        },
        new ScriptedAppOptions { HealthPath = null });
}

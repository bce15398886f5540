using System.Collections.Concurrent;
using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults;

/// <summary>One side says FIN and goes on listening, at each byte of the answer.</summary>
public sealed class HalfCloseTests
{
    public static TheoryData<string> Names => [.. Sample.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task App_AtEachByteOfItsAnswer_IsWhereItEnds_AndItsConnectionIsGivenUp(string name)
    {
        Sample sample = AppCutsItsAnswerTests.Named(name);
        int begun = 0, given = 0;
        await using ScriptedApp app = FaultyApp.Start(async (connection, _, cut) =>
        {
            // More than there are cuts: what ends before its first byte on a connection used before is tried again.
            Interlocked.Increment(ref begun);
            await connection.SendAsync(sample.Response[..cut]);
            connection.HalfClose();
            // Portok ends its side too: an app that only half-closes is not left with a connection for ever.
            await connection.StallAsync();
            Interlocked.Increment(ref given);
        });
        // A POST must not meet a connection that is just being closed behind the answer before: that is another test.
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamKeepAlive = false });
        await using (await Bystander.StartAsync(engine))
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, sample.Response.Length + 1), AppCutsItsAnswerTests.Together, async (cut, _) =>
            {
                await using RawClient client = await engine.ConnectAsync();
                await client.SendAsync(sample.RequestFor(cut));
                // A tunnel lives until both have said FIN.
                if (sample.IsUpgrade && cut >= sample.BodyStart) client.HalfClose();
                (await sample.ReadAsync(client)).ShouldBe(AppCutsItsAnswerTests.Expected(sample, cut, reset: false), $"FIN at {cut}");
            });
            await Poll.UntilAsync(() => Volatile.Read(ref begun) > sample.Response.Length && Volatile.Read(ref given) == Volatile.Read(ref begun));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Client_AtEachByteOfTheAnswer_StillGetsAllOfIt(string name)
    {
        Sample sample = AppCutsItsAnswerTests.Named(name);
        var closed = new ConcurrentDictionary<int, TaskCompletionSource>(
            Enumerable.Range(0, sample.Response.Length + 1).Select(cut => KeyValuePair.Create(cut, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))));
        var sent = new ConcurrentDictionary<int, TaskCompletionSource>(
            Enumerable.Range(0, sample.Response.Length + 1).Select(cut => KeyValuePair.Create(cut, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))));
        await using ScriptedApp app = FaultyApp.Start(async (connection, _, cut) =>
        {
            await connection.SendAsync(sample.Response[..cut]);
            sent[cut].TrySetResult();
            await closed[cut].Task.WaitAsync(Patience.Normal);
            await connection.SendAsync(sample.Response[cut..]);
            connection.HalfClose();
            await connection.StallAsync();
        });
        // A POST must not meet a connection that is just being closed behind the answer before: that is another test.
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamKeepAlive = false });
        await using (await Bystander.StartAsync(engine))
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, sample.Response.Length + 1), AppCutsItsAnswerTests.Together, async (cut, _) =>
            {
                await using RawClient client = await engine.ConnectAsync();
                await client.SendAsync(sample.RequestFor(cut));
                await sent[cut].Task.WaitAsync(Patience.Normal, CancellationToken.None);
                client.HalfClose();
                closed[cut].SetResult();
                (await sample.ReadAsync(client)).ShouldBe(AppCutsItsAnswerTests.Expected(sample, sample.Response.Length, reset: false), $"FIN at {cut}");
                (await client.ReadToEndAsync()).ShouldBeEmpty();
                client.End.ShouldBe(WireEnd.Closed);
            });
        }
    }

    [Theory]
    [InlineData("length", 0)]
    [InlineData("length", 20)]
    [InlineData("chunked", 0)]
    [InlineData("chunked", 20)]
    public async Task App_InsideAnUpload_WithoutAnAnswer_Is502_ThoughItGoesOnReading(string framing, int read)
    {
        await using ScriptedApp app = ScriptedApp.Start(
            async connection =>
            {
                await connection.ReadExactlyAsync(read);
                connection.HalfClose();
                await connection.StallAsync();
            },
            new ScriptedAppOptions { HealthPath = null });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        string field = framing is "length" ? "Content-Length: 1000000\r\n\r\nbegin" : "Transfer-Encoding: chunked\r\n\r\n5\r\nbegin\r\n";
        WireMessage answer = await client.AskAsync($"POST / HTTP/1.1\r\nHost: a\r\n{field}");
        answer.Status.ShouldBe(502);
        answer.HasToken("Connection", "close").ShouldBeTrue();
        client.HalfClose();
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        await (await app.ConnectionAsync()).Done.WaitAsync(Patience.Normal);
    }
}

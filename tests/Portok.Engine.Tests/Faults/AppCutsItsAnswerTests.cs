using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults;

/// <summary>The app ends in the middle of its answer, at each byte of it, by FIN, by RST or by saying nothing more.</summary>
public sealed class AppCutsItsAnswerTests
{
    private const int AtOnce = 16;

    public static TheoryData<string, bool> Cuts
        => [.. Sample.All.SelectMany(s => new[] { (s.Name, false), (s.Name, true) })];

    public static TheoryData<string> Names => [.. Sample.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Cut_AtEachByte_IsNeverTakenForAWholeAnswer_AndNobodyElseNotices(string name, bool reset)
    {
        Sample sample = Named(name);
        await using ScriptedApp app = FaultyApp.Start(async (connection, _, cut) =>
        {
            await connection.SendAsync(sample.Response[..cut]);
            if (reset) connection.Reset();
        });
        // A POST must not meet a connection that is just being closed behind the answer before: that is another test.
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamKeepAlive = false });
        await using (await Bystander.StartAsync(engine))
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, sample.Response.Length + 1), Together, async (cut, _) =>
            {
                await using RawClient client = await engine.ConnectAsync();
                await client.SendAsync(sample.RequestFor(cut));
                Sample.Outcome outcome = await sample.ReadAsync(client);
                outcome.ShouldBe(Expected(sample, cut, reset), $"cut at {cut}");
                // 502 is a whole answer: the client's connection goes on.
                if (outcome.Status == 502) (await client.AskAsync(Conversations.Get(FaultyApp.Steady))).Status.ShouldBe(200);
            });
        }

        await engine.QuietAsync();
    }

    [Fact]
    public async Task Stall_AtEachByteOfEachAnswer_Is504OrACutAnswer_AndNobodyElseNotices()
    {
        const int most = 10_000;
        await using ScriptedApp app = FaultyApp.Start(async (connection, _, number) =>
        {
            await connection.SendAsync(Sample.All[number / most].Response[..(number % most)]);
            await connection.StallAsync();
        });
        // Long enough for a busy machine: the app has to have sent its part before it is up.
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { Limits = new() { UpstreamResponseTimeoutMs = 3000 } });
        await using (await Bystander.StartAsync(engine))
        {
            await Task.WhenAll(Sample.All.SelectMany((sample, index) => Enumerable.Range(0, StallsOf(sample)).Select(async cut =>
            {
                await using RawClient client = await engine.ConnectAsync();
                await client.SendAsync(sample.RequestFor((index * most) + cut));
                Sample.Outcome outcome = await sample.ReadAsync(client);
                Sample.Outcome expected = Expected(sample, cut, reset: true);
                if (expected.Status == 502) expected = expected with { Status = 504 };
                outcome.ShouldBe(expected, $"{sample} stalled at {cut}");
            })));
        }

        await engine.QuietAsync();
    }

    /// <summary>Bytes of the answer without which it is not whole; a tunnel may be silent for as long as it likes.</summary>
    private static int StallsOf(Sample sample)
        => sample.IsUpgrade ? sample.BodyStart : sample.Response.Length + (sample.IsCloseDelimited ? 1 : 0);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Drip_EveryByteByItself_IsAWholeAnswer(string name)
    {
        Sample sample = Named(name);
        await using ScriptedApp app = FaultyApp.Start(async (connection, _, _) => await connection.DripAsync(sample.Response));
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using (await Bystander.StartAsync(engine))
        {
            await using RawClient client = await engine.ConnectAsync();
            await client.DripAsync(sample.RequestFor(0));
            Sample.Outcome outcome = await sample.ReadAsync(client);
            outcome.ShouldBe(Expected(sample, sample.Response.Length, reset: false));
        }
    }

    internal static Sample Named(string name) => Sample.All.Single(s => string.Equals(s.Name, name, StringComparison.Ordinal));

    internal static ParallelOptions Together => new() { MaxDegreeOfParallelism = AtOnce };

    internal static Sample.Outcome Expected(Sample sample, int cut, bool reset)
    {
        int interims = sample.InterimsWithin(cut);
        if (cut < sample.BodyStart) return new Sample.Outcome(interims, 502, "", Complete: true);
        int status = new WireMessage(sample.Response[LastHead(sample)..sample.BodyStart], [], [], []).Status;
        string content = sample.HasBody ? sample.ContentWithin(cut) : "";
        bool complete = sample switch
        {
            { IsUpgrade: true } or { IsCloseDelimited: true } => !reset,
            { HasBody: false } => true,
            _ => cut == sample.Response.Length,
        };
        return new Sample.Outcome(interims, status, content, complete);
    }

    private static int LastHead(Sample sample) => sample.Response.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal);
}

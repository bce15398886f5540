using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults;

/// <summary>The app ends while it reads a request, at each byte of it.</summary>
public sealed class AppCutsTheRequestTests
{
    public static TheoryData<string, bool> Cuts
        => [.. Sample.All.SelectMany(s => new[] { (s.Name, false), (s.Name, true) })];

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Cut_AtEachByteOfTheRequest_Is502_AndNobodyElseNotices(string name, bool reset)
    {
        Sample sample = AppCutsItsAnswerTests.Named(name);
        int cut = 0;
        // Bystanders say GET /s; the first two words tell who asks, and only those bytes are taken from the socket to see it.
        await using ScriptedApp app = ScriptedApp.Start(
            async connection =>
            {
                while (await connection.HasMoreAsync())
                {
                    if (!await IsForTheFaultAsync(connection))
                    {
                        await connection.SendAsync(Scripts.Ok((await connection.ReadRequestAsync()).Target));
                        continue;
                    }

                    await connection.ReadExactlyAsync(Volatile.Read(ref cut));
                    if (reset) connection.Reset();
                    return;
                }
            },
            new ScriptedAppOptions { HealthPath = null });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using (await Bystander.StartAsync(engine))
        {
            await using RawClient client = await engine.ConnectAsync();
            string request = sample.RequestFor(0);
            for (int at = 0; at <= request.Length; at++)
            {
                // What Portok sends may differ in its framing by a few bytes: it is never shorter than what is read here.
                Volatile.Write(ref cut, Math.Min(at, sample.RequestFor(0).Length - Shortened(sample)));
                await client.SendAsync(request);
                Sample.Outcome outcome = await sample.ReadAsync(client);
                outcome.ShouldBe(new Sample.Outcome(0, 502, "", Complete: true), $"cut at {at}");
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Close_BetweenRequests_GetIsAnswered_PostIsNeverCarriedOutTwice(bool reset)
    {
        await using ScriptedApp app = FaultyApp.Start((connection, _, _) =>
        {
            if (reset) connection.Reset();
            return Task.CompletedTask;
        });
        await using RunningEngine engine = RunningEngine.Start(app.Port);
        await using RawClient client = await engine.ConnectAsync();
        for (int i = 0; i < 50; i++)
        {
            (await client.AskAsync(Conversations.Get(FaultyApp.Steady))).Status.ShouldBe(200);
            (await client.AskAsync(Conversations.Post("/fault/1", "order"))).Status.ShouldBe(502);
        }

        app.Requests.Count(r => string.Equals(r.Method, "POST", StringComparison.Ordinal)).ShouldBe(50);
        app.Requests.Count(FaultyApp.IsSteady).ShouldBe(50);
    }

    private static async Task<bool> IsForTheFaultAsync(AppConnection connection)
    {
        // "GET /s" and "GET /f" are told apart at the sixth byte; every other method at the first.
        for (int count = 1; count <= 6; count++)
        {
            byte[] start = await connection.PeekAsync(count);
            if (start.Length < count) return true;
            if (!"GET /s".StartsWith(Latin1.Text(start), StringComparison.Ordinal)) return true;
        }

        return false;
    }

    // A chunk extension is dropped on the way.
    private static int Shortened(Sample sample) => sample.Request.Contains(";x", StringComparison.Ordinal) ? 2 : 0;
}

using System.Collections.Concurrent;
using Portok.Engine.Tests.Support;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults.Kernel;

/// <summary>send(2) takes only part of a head and its body: at each byte of both, in both directions, nothing is lost or repeated.</summary>
public sealed class PartialWriteTests
{
    public static TheoryData<string, bool> Cases => [.. Sample.All.SelectMany(s => new[] { (s.Name, true), (s.Name, false) })];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task FirstWrite_CutAtEachByte_BothEndsReadTheSame(string name, bool towardsApp)
    {
        Sample sample = AppCutsItsAnswerTests.Named(name);
        var heard = new ConcurrentQueue<string>();
        await using ScriptedApp app = ScriptedApp.Start(
            async connection =>
            {
                await connection.ReadRequestAsync();
                heard.Enqueue(Latin1.Text(connection.Received));
                await connection.SendAsync(sample.Response);
            },
            new ScriptedAppOptions { HealthPath = null });
        int cut = 0, armed = 0;
        var calls = new ScriptedSocketCalls();
        calls.SendLimit = fd => calls.IsUpstream(fd) == towardsApp && Interlocked.Exchange(ref armed, 0) == 1 ? Volatile.Read(ref cut) : null;
        // The app closes behind each answer: the next request must not meet that connection.
        await using RunningEngine engine = RunningEngine.Start(app.Port, o => o with { UpstreamKeepAlive = false }, calls);
        (string Client, string App) whole = await HoldAsync(), parts;
        int length = (towardsApp ? whole.App : whole.Client).Length;
        for (int at = 1; at < length; at++)
        {
            Volatile.Write(ref cut, at);
            Volatile.Write(ref armed, 1);
            parts = await HoldAsync();
            parts.ShouldBe(whole, $"cut at {at}");
            Volatile.Read(ref armed).ShouldBe(0);
        }

        async Task<(string Client, string App)> HoldAsync()
        {
            await using RawClient client = await engine.ConnectAsync();
            await client.SendAsync(sample.RequestFor(0));
            Sample.Outcome outcome = await sample.ReadAsync(client);
            outcome.ShouldBe(AppCutsItsAnswerTests.Expected(sample, sample.Response.Length, reset: false));
            heard.TryDequeue(out string? request).ShouldBeTrue();
            heard.ShouldBeEmpty();
            return (Latin1.Text(client.Received), request!);
        }
    }
}

using Portok.Engine.Tests.Support;
using Portok.Linux;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Relay;

/// <summary>However the kernel cuts reads and writes, both ends read the same.</summary>
public sealed class SplitTests
{
    public static TheoryData<string> Names => [.. Conversations.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task AnyReadsAndWrites_RandomSizes_EagainAndNoBuffersInBetween_BothEndsReadTheSame(string name)
    {
        Conversation conversation = Conversations.All.Single(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        string whole = await conversation.HoldAsync(calls: null);
        for (int seed = 0; seed < 8; seed++)
        {
            string cut = await conversation.HoldAsync(Cutting(seed));
            cut.ShouldBe(whole, $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ReadsOfOneSize_BothEndsReadTheSame(string name)
    {
        Conversation conversation = Conversations.All.Single(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        string whole = await conversation.HoldAsync(calls: null);
        int[] sizes = name.StartsWith("large", StringComparison.Ordinal) ? [97, 4096] : [1, 2, 3, 7];
        foreach (int size in sizes)
        {
            (await conversation.HoldAsync(new ScriptedSocketCalls { ReceiveLimit = _ => size })).ShouldBe(whole, $"reads of {size}");
            (await conversation.HoldAsync(new ScriptedSocketCalls { SendLimit = _ => size })).ShouldBe(whole, $"writes of {size}");
        }
    }

    [Fact]
    public async Task FirstWrite_CutAtEveryByte_NothingIsLostOrRepeated()
    {
        string request = Conversations.Post("/cut", "0123456789"), response = Scripts.Ok("abcdefghij", "X-B: c");
        foreach (bool toApp in new[] { true, false })
        {
            int cut = 0;
            bool done = true;
            var calls = new ScriptedSocketCalls();
            calls.SendLimit = fd =>
            {
                if (done || calls.IsUpstream(fd) != toApp) return null;
                done = true;
                return cut;
            };
            await using ScriptedApp app = ScriptedApp.Start(Scripts.Always(response));
            await using RunningEngine engine = RunningEngine.Start(app.Port, calls: calls);
            await using RawClient client = await engine.ConnectAsync();
            for (cut = 1; cut < Math.Max(request.Length, response.Length); cut++)
            {
                Volatile.Write(ref done, false);
                WireMessage answer = await client.AskAsync(request);
                answer.Head.ShouldStartWith("HTTP/1.1 200 OK\r\nX-B: c\r\n");
                answer.Text.ShouldBe("abcdefghij");
                Volatile.Read(ref done).ShouldBeTrue();
            }

            app.Requests.Count.ShouldBe(cut - 1);
            app.Requests.Select(r => r.Text).Distinct(StringComparer.Ordinal).ShouldBe(["0123456789"]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Eagain_AtEachCall_BothEndsReadTheSame(string name)
    {
        Conversation conversation = Conversations.All.Single(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        string whole = await conversation.HoldAsync(calls: null);
        for (int at = 0; at < 12; at++)
        {
            int calls = 0;
            SysResult? Script() => calls++ == at ? SysResult.Failure(Errno.Again) : null;
            var script = new ScriptedSocketCalls { OnReceive = _ => Script(), OnSend = (_, _) => Script() };
            (await conversation.HoldAsync(script)).ShouldBe(whole, $"EAGAIN at call {at}");
        }
    }

    private static ScriptedSocketCalls Cutting(int seed)
    {
        var random = new Random(seed);
        int? Limit() => random.Next(4) switch
        {
            0 => 1 + random.Next(3),
            1 => 1 + random.Next(100),
            2 => 1 + random.Next(20_000),
            _ => null,
        };
        return new ScriptedSocketCalls
        {
            ReceiveLimit = _ => Limit(),
            SendLimit = _ => Limit(),
            OnReceive = _ => random.Next(10) == 0 ? SysResult.Failure(Errno.Again) : null,
            OnSend = (_, _) => random.Next(12) switch { 0 => SysResult.Failure(Errno.Again), 1 => SysResult.Failure(Errno.NoBuffers), _ => null },
        };
    }
}

using Portok.Engine.Tests.Support;
using Portok.Linux;
using Shouldly;
using Xunit;

namespace Portok.Engine.Tests.Faults.Kernel;

/// <summary>The kernel has no memory for a call on a connection that is well: the call is made again, and nothing is lost.</summary>
public sealed class ShortOfMemoryTests
{
    public static TheoryData<string, Errno> Cases
        => [.. Conversations.All.SelectMany(c => new[] { (c.Name, Errno.NoBuffers), (c.Name, Errno.NoMemory) })];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task SendOrReceive_FailsAtEachCall_BothEndsReadTheSame(string name, Errno error)
    {
        Conversation conversation = Conversations.All.Single(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        string whole = await conversation.HoldAsync(calls: null);
        for (int at = 0; at < 12; at++)
        {
            int calls = 0;
            SysResult? Script() => calls++ == at ? SysResult.Failure(error) : null;
            var script = new ScriptedSocketCalls { OnReceive = _ => Script(), OnSend = (_, _) => Script() };
            (await conversation.HoldAsync(script)).ShouldBe(whole, $"{error} at call {at}");
        }
    }

    [Theory]
    [InlineData("large body both ways")]
    [InlineData("WebSocket")]
    [InlineData("chunked both ways")]
    public async Task SendAndReceive_FailEverySecondTime_BothEndsReadTheSame(string name)
    {
        Conversation conversation = Conversations.All.Single(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        string whole = await conversation.HoldAsync(calls: null);
        int calls = 0;
        SysResult? Script() => calls++ % 2 == 0 ? SysResult.Failure(calls % 3 == 0 ? Errno.NoBuffers : Errno.NoMemory) : null;
        var script = new ScriptedSocketCalls { OnReceive = _ => Script(), OnSend = (_, _) => Script() };
        (await conversation.HoldAsync(script)).ShouldBe(whole);
    }
}

using Portok.Linux.Systemd;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests.Systemd;

public class HandedSocketsTests
{
    [Fact]
    public void Find_MeantForThisProcess_CountsFromThreeWithNames()
        => Find(("LISTEN_PID", "42"), ("LISTEN_FDS", "3"), ("LISTEN_FDNAMES", "http::admin"))
            .ShouldBe([new HandedSocket(3, "http"), new HandedSocket(4, null), new HandedSocket(5, "admin")]);

    [Fact]
    public void Find_WithoutNames_GivesNone() => Find(("LISTEN_PID", "42"), ("LISTEN_FDS", "1")).ShouldBe([new HandedSocket(3, null)]);

    [Theory]
    [InlineData(null, "1")]
    [InlineData("42", null)]
    [InlineData("41", "1")]
    [InlineData("42", "0")]
    [InlineData("42", "-1")]
    [InlineData("42", "65")]
    [InlineData("42", "one")]
    [InlineData("+42", "1")]
    [InlineData("", "")]
    public void Find_NotForThisProcessOrNonsense_GivesNothing(string? processId, string? count)
        => Find(("LISTEN_PID", processId), ("LISTEN_FDS", count)).ShouldBeEmpty();

    private static IReadOnlyList<HandedSocket> Find(params (string Name, string? Value)[] variables)
        => HandedSockets.Find(name => variables.FirstOrDefault(v => string.Equals(v.Name, name, StringComparison.Ordinal)).Value, processId: 42);
}

using CsCheck;
using Portok.Daemon.Settings;
using Shouldly;

namespace Portok.Daemon.Tests.Settings;

public class UnknownNamesTests
{
    [Theory]
    [InlineData("LISTEN_PROT", "LISTEN_PORT")]
    [InlineData("LISTENPORT", "LISTEN_PORT")]
    [InlineData("LISTEN_POT", "LISTEN_PORT")]
    [InlineData("ADMIN_TOKENS", "ADMIN_TOKEN")]
    [InlineData("DRAIN_SM", "DRAIN_MS")]
    [InlineData("listen_port", "LISTEN_PORT")]
    [InlineData("ADMIN_ALOWLST", "ADMIN_ALLOWLIST")]
    public void Find_LooksLikeOurs_SuggestsTheNearest(string name, string nearest)
        => UnknownNames.Find([name]).ShouldHaveSingleItem().ShouldBe($"{name} is not a setting of portokd and does nothing; did you mean {nearest}?");

    [Theory]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("LISTEN_FDS")]
    [InlineData("LISTEN_PID")]
    [InlineData("LISTEN_FDNAMES")]
    [InlineData("NOTIFY_SOCKET")]
    [InlineData("LOGNAME")]
    [InlineData("LISTEN_PORT")]
    [InlineData("LST_PRT")]
    public void Find_ForeignOrOwnName_SaysNothing(string name) => UnknownNames.Find([name]).ShouldBeEmpty();

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "ab", 1)]
    [InlineData("abc", "abxc", 1)]
    [InlineData("abc", "axc", 1)]
    [InlineData("abcd", "badc", 2)]
    [InlineData("abc", "xyz", 3)]
    public void Distance_CountsTypingErrors(string one, string other, int distance) => UnknownNames.Distance(one, other, 10).ShouldBe(distance);

    [Fact]
    public void Distance_AnyTexts_IsSymmetricAndBounded()
        => Gen.Select(Gen.String[Gen.Char["abc"], 0, 8], Gen.String[Gen.Char["abc"], 0, 8]).Sample((one, other) =>
        {
            int distance = UnknownNames.Distance(one, other, 10);
            return distance == UnknownNames.Distance(other, one, 10)
                && distance >= Math.Abs(one.Length - other.Length)
                && distance <= Math.Max(one.Length, other.Length)
                && (distance == 0) == (one == other);
        });
}

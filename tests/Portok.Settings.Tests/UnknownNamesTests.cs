using Shouldly;

namespace Portok.Settings.Tests;

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
}

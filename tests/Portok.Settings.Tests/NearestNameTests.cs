using Shouldly;

namespace Portok.Settings.Tests;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["status", "metrics", "switch", "health", "demo"];

    [Theory]
    [InlineData("stauts", "status")]
    [InlineData("statu", "status")]
    [InlineData("STATUS", "status")]
    [InlineData("swich", "switch")]
    [InlineData("heath", "health")]
    [InlineData("met", "metrics")]
    [InlineData("dmeo", "demo")]
    public void Find_SlipOfTheFingers_NamesWhatWasMeant(string typed, string expected) => NearestName.Find(typed, Names).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("de")]
    [InlineData("restart")]
    public void Find_NothingNear_IsNull(string typed) => NearestName.Find(typed, ["status", "metrics"]).ShouldBeNull();
}

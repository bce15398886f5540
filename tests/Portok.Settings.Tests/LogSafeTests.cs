using CsCheck;
using Shouldly;

namespace Portok.Settings.Tests;

public class LogSafeTests
{
    [Theory]
    [InlineData("plain ä 漢 😀", "plain ä 漢 😀")]
    [InlineData("a\nb\r\tc", "a\\nb\\r\\tc")]
    [InlineData("\e[31mred\u0000", "\\u001b[31mred\\u0000")]
    [InlineData("\u0085\u2028\u202e\u2066", "\\u0085\\u2028\\u202e\\u2066")]
    public void Escape_HostileText_CannotLeaveItsLine(string text, string escaped) => LogSafe.Escape(text).ShouldBe(escaped);

    [Fact]
    public void Escape_HalfASurrogatePair_IsEscaped() => LogSafe.Escape("\ud800x\udc00").ShouldBe("\\ud800x\\udc00");

    [Fact]
    public void Escape_AnyText_HasNoControlCharacterLeft() => Gen.String.Sample(text => !LogSafe.Escape(text).Any(char.IsControl));

    [Fact]
    public void Shorten_LongText_IsCut() => LogSafe.Shorten(new string('x', 5000)).ShouldBe(new string('x', 80) + "…");
}

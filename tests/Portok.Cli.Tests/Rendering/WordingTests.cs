using Portok.Cli.Rendering;
using Shouldly;
using Xunit;

namespace Portok.Cli.Tests.Rendering;

public sealed class WordingTests
{
    [Theory]
    [InlineData(-5, "just now")]
    [InlineData(0.9, "just now")]
    [InlineData(1, "1 s ago")]
    [InlineData(12.9, "12 s ago")]
    [InlineData(59.99, "59 s ago")]
    [InlineData(60, "1 min ago")]
    [InlineData(3599, "59 min ago")]
    [InlineData(3600, "1 h ago")]
    [InlineData(47.9 * 3600, "47 h ago")]
    [InlineData(48 * 3600, "2 d ago")]
    [InlineData(400 * 86400, "400 d ago")]
    public void Ago_NamesTheLargestUnit(double seconds, string expected) => Wording.Ago(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    [Theory]
    [InlineData(-1, "now")]
    [InlineData(0.5, "now")]
    [InlineData(18, "in 18 s")]
    [InlineData(90, "in 1 min")]
    public void In_NamesTheLargestUnit(double seconds, string expected) => Wording.In(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    [Theory]
    [InlineData(-3, "0 s")]
    [InlineData(45, "45 s")]
    [InlineData(60, "1 min")]
    [InlineData(725, "12 min 5 s")]
    [InlineData(15120, "4 h 12 min")]
    [InlineData(3600, "1 h")]
    [InlineData(273720, "3 d 4 h")]
    public void Span_NamesTheTwoLargestUnits(double seconds, string expected) => Wording.Span(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    [Theory]
    [InlineData(0, "0.00 ms")]
    [InlineData(0.424, "0.42 ms")]
    [InlineData(3.14, "3.1 ms")]
    [InlineData(128.4, "128 ms")]
    [InlineData(999.4, "999 ms")]
    [InlineData(999.6, "1.00 s")]
    [InlineData(5000.2, "5.00 s")]
    public void Milliseconds_KeepsThreeDigits(double ms, string expected) => Wording.Milliseconds(ms).ShouldBe(expected);

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(1048575, "1.0 MiB")]
    [InlineData(12897484, "12.3 MiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    public void Bytes_UsesBinaryUnits(long bytes, string expected) => Wording.Bytes(bytes).ShouldBe(expected);

    [Theory]
    [InlineData(0, "0 requests")]
    [InlineData(1, "1 request")]
    [InlineData(1234567, "1,234,567 requests")]
    public void Count_WithANoun_FollowsTheNumber(long count, string expected) => Wording.Count(count, "request").ShouldBe(expected);
}

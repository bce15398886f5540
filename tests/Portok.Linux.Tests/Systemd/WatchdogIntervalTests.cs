using Portok.Linux.Systemd;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests.Systemd;

public class WatchdogIntervalTests
{
    [Theory]
    [InlineData("30000000", null, 30.0)]
    [InlineData("30000000", "", 30.0)]
    [InlineData("500000", "42", 0.5)]
    [InlineData("500000", "41", null)]
    [InlineData("500000", "x", null)]
    [InlineData("0", null, null)]
    [InlineData("-1", null, null)]
    [InlineData("soon", null, null)]
    [InlineData(null, null, null)]
    [InlineData("99999999999999999999", null, null)]
    public void Find_OnlyWhenThisProcessIsWatched(string? microseconds, string? processId, double? seconds)
        => WatchdogInterval.Find(name => string.Equals(name, "WATCHDOG_USEC", StringComparison.Ordinal) ? microseconds : processId, processId: 42)
            .ShouldBe(seconds is { } s ? TimeSpan.FromSeconds(s) : null);
}

namespace Portok.Cli.Tests.Support;

/// <summary>It is 2024-01-15 10:30:12 UTC, on a machine two hours ahead of that; timers run as ever.</summary>
internal sealed class FixedTime : TimeProvider
{
    public static DateTimeOffset Now { get; } = new(2024, 1, 15, 10, 30, 12, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("Test", TimeSpan.FromHours(2), "Test", "Test");

    public override DateTimeOffset GetUtcNow() => Now;
}

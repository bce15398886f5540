namespace Portok.Admin.Tests.Support;

/// <summary>The times that samples and fakes share.</summary>
internal static class Moments
{
    public static readonly DateTimeOffset Start = new(2024, 1, 15, 10, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Switched = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = new(2024, 1, 15, 10, 30, 5, 678, TimeSpan.Zero);
}

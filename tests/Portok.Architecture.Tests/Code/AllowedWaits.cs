namespace Portok.Architecture.Tests.Code;

/// <summary>A test file that may let time pass, and why it must.</summary>
internal sealed record AllowedWait(string Path, string Why);

internal static class AllowedWaits
{
    public static IReadOnlyList<AllowedWait> All { get; } =
    [
    ];
}

namespace Portok.Architecture.Tests.Code;

/// <summary>A test file that may let time pass, and why it must.</summary>
internal sealed record AllowedWait(string Path, string Why);

internal static class AllowedWaits
{
    public static IReadOnlyList<AllowedWait> All { get; } =
    [
        new("tests/Portok.Testing/Waiting/Poll.cs",
            "the one bounded wait for a condition that nobody signals: it pauses between two looks"),
        new("tests/Portok.Testing/Processes/RunningProcess.cs",
            "a bound on waiting for pipes that a grandchild may hold open for ever"),
        new("tests/Portok.Deployment.Tests/Support/Eventually.cs",
            "bounded wait for what another thread does a moment after fake time has moved: it pauses between two looks"),
    ];
}

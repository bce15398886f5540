namespace Portok.Architecture.Tests.Code;

/// <summary>A test file that may let time pass, and why it must.</summary>
internal sealed record AllowedWait(string Path, string Why);

internal static class AllowedWaits
{
    public static IReadOnlyList<AllowedWait> All { get; } =
    [
        new("tests/Portok.Engine.Tests/Clients/TimeoutTests.cs", "a client and an app that are slow, but never silent for the whole time allowed"),
        new("tests/Portok.Testing/Waiting/Poll.cs",
            "the one bounded wait for a condition that nobody signals: it pauses between two looks"),
        new("tests/Portok.Testing/Processes/RunningProcess.cs",
            "a bound on waiting for pipes that a grandchild may hold open for ever"),
    ];
}

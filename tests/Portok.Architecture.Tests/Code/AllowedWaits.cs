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
        new("tests/Portok.Deployment.Tests/Support/Eventually.cs",
            "bounded wait for what another thread does a moment after fake time has moved: it pauses between two looks"),
        new("tests/Portok.Deployment.Tests/Probing/HttpProberTests.cs", "real sockets under a fake clock: bytes need a real moment to arrive before the fake one is moved on"),
        new("tests/Portok.EndToEnd.Tests/Limits/TimeoutTests.cs", "clients and apps that send a byte now and then: idle times are what is tested"),
        new("tests/Portok.EndToEnd.Tests/Relay/BackPressureTests.cs", "a client that reads slowly"),
        new("tests/Portok.EndToEnd.Tests/Origins/KeepAliveTests.cs", "requests have to arrive about when the app closes its idle connections"),
        new("tests/Portok.EndToEnd.Tests/State/CrashTests.cs", "the daemon is killed at a random moment"),
        new("tests/Portok.Cli.Tests/Support/FakeSwitchboard.cs", "stands for a daemon: a drain takes its time"),
    ];
}

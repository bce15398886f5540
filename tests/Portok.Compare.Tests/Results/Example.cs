using Portok.Compare.Measuring;
using Portok.Compare.Results;
using Portok.Testing;

namespace Portok.Compare.Tests.Results;

/// <summary>Results made by hand.</summary>
internal static class Example
{
    public static ScenarioResult Result(string name, params (string Peer, int Round, double Cpu)[] samples) => Result(name, 0, samples);

    public static ScenarioResult Result(string name, long errors, params (string Peer, int Round, double Cpu)[] samples) => new()
    {
        Name = name,
        Title = $"title of {name}",
        Group = "requests",
        Unit = "request",
        At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Machine = new MachineFacts("a processor", 2, 4096, "a system", "6.1", "X64", ".NET 10", "0.10 0.20 0.30"),
        LoadAverageAfter = "1.00 0.50 0.40",
        Rounds = 2,
        SecondsPerRound = 2,
        Subject = "portokd",
        Origin = "an app",
        Load = "a load",
        Peers = [.. samples.Select(sample => sample.Peer).Distinct(StringComparer.Ordinal).Select(peer => new PeerFacts(peer, "1.0", "as it comes"))],
        Samples = [.. samples.Select((sample, i) => new Sample(
            sample.Peer,
            sample.Round,
            new Dictionary<string, double>(StringComparer.Ordinal) { [Figures.Cpu.Key] = sample.Cpu },
            i == 0 ? errors : 0))],
        Notes = ["without yarp: not built"],
    };
}

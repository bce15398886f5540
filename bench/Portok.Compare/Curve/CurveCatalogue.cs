using System.Globalization;
using Portok.Compare.Load;
using Portok.Compare.Scenarios;

namespace Portok.Compare.Curve;

/// <summary>What a request costs as connections grow, and what connections of each kind take.</summary>
internal static class CurveCatalogue
{
    public const string CurveGroup = "curve";
    public const string MemoryGroup = "memory";

    private static readonly int[] Steps = [1, 4, 16, 64, 256, 500, 1000, 2000, 5000];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. Steps.Select(connections => new RequestScenario(
            CurveName(connections),
            string.Create(CultureInfo.InvariantCulture, $"cost curve: {connections:#,0} connections"),
            new WrkLoad("/", connections)) { Group = CurveGroup, MostRounds = 3, Stretch = connections >= 2000 ? 2 : 1 }),
        new MemoryScenario("memory-idle", "memory of many idle connections", MemoryKind.Idle, 10_000) { Group = MemoryGroup },
        new MemoryScenario("memory-busy", "memory of many busy connections", MemoryKind.Busy, 5000) { Group = MemoryGroup },
        new MemoryScenario("memory-tunnels", "memory of many tunnels", MemoryKind.Tunnels, 10_000) { Group = MemoryGroup, Origin = Origins.OriginKind.Streams },
    ];

    public static string CurveName(int connections) => string.Create(CultureInfo.InvariantCulture, $"curve-{connections:0000}");

    /// <summary>Connections of a scenario of the curve; null of another.</summary>
    public static int? Connections(string scenario) =>
        scenario.StartsWith("curve-", StringComparison.Ordinal) ? int.Parse(scenario.AsSpan(6), CultureInfo.InvariantCulture) : null;
}

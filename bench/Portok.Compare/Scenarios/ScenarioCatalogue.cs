namespace Portok.Compare.Scenarios;

/// <summary>Every kind of traffic that can be measured; a new one is a line here, and a location of the origin if need be.</summary>
internal static class ScenarioCatalogue
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("12b-64", "keep-alive, 12 B, 64 connections", "/", 64),
        new("1k-64", "keep-alive, 1 KiB, 64 connections", "/1k", 64),
        new("12b-500", "keep-alive, 12 B, 500 connections", "/", 500),
        new("12b-1", "keep-alive, 12 B, 1 connection", "/", 1),
    ];

    /// <summary>What is measured when none is named.</summary>
    public static IReadOnlyList<Scenario> Default { get; } = [All[0], All[1]];
}

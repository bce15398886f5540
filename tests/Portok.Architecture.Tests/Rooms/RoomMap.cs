namespace Portok.Architecture.Tests.Rooms;

/// <summary>The arrows between the rooms of src/: who may see whom. docs/architecture.md draws them.</summary>
internal static class RoomMap
{
    public static IReadOnlyDictionary<string, string[]> Arrows { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Portok.Linux"] = [],
        ["Portok.Http1"] = [],
        ["Portok.Engine"] = ["Portok.Linux", "Portok.Http1"],
        ["Portok.Deployment"] = [],
        ["Portok.Admin.Contract"] = [],
        ["Portok.Admin"] = ["Portok.Deployment", "Portok.Admin.Contract"],
        ["Portok.Settings"] = [],
        ["Portok.Daemon"] =
        [
            "Portok.Linux", "Portok.Http1", "Portok.Engine", "Portok.Deployment", "Portok.Admin", "Portok.Admin.Contract",
            "Portok.Settings",
        ],
        ["Portok.Cli"] = ["Portok.Admin.Contract", "Portok.Linux", "Portok.Settings"],
    };

    /// <summary>Rooms that use no package at all: what relays bytes depends on nobody.</summary>
    public static IReadOnlyList<string> WithoutPackages { get; } =
        ["Portok.Linux", "Portok.Http1", "Portok.Engine", "Portok.Admin.Contract"];

    /// <summary>The room a name belongs to: the longest room that is the name or a parent of it; null when none is.</summary>
    public static string? RoomOf(string name) =>
        Arrows.Keys
            .Where(room => string.Equals(name, room, StringComparison.Ordinal) || name.StartsWith(room + ".", StringComparison.Ordinal))
            .MaxBy(room => room.Length);
}

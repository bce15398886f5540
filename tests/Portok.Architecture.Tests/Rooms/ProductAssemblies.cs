using System.Reflection;

namespace Portok.Architecture.Tests.Rooms;

internal static class ProductAssemblies
{
    /// <summary>Every room's assembly, from the tests' own folder.</summary>
    public static IReadOnlyList<Assembly> All { get; } =
    [
        .. RoomMap.Arrows.Keys.Select(room => room switch
        {
            "Portok.Daemon" => "portokd",
            "Portok.Cli" => "portok",
            _ => room,
        }).Select(name => Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, name + ".dll"))),
    ];
}

using System.Reflection;

namespace Portok.Architecture.Tests.Rooms;

/// <summary>A compiled room refers only to the assemblies of rooms that the arrows allow.</summary>
internal static class AssemblyReferenceRule
{
    public static IEnumerable<string> Check(string room, IEnumerable<string> referencedAssemblies) =>
        referencedAssemblies
            .Select(RoomOfAssembly)
            .OfType<string>()
            .Where(other => !RoomMap.Arrows[room].Contains(other))
            .Select(other => $"the assembly of {room} uses {other}");

    public static IEnumerable<string> Check(Assembly assembly) =>
        Check(
            RoomOfAssembly(assembly.GetName().Name!)!,
            assembly.GetReferencedAssemblies().Select(reference => reference.Name!));

    /// <summary>The programs are named as their users call them.</summary>
    public static string? RoomOfAssembly(string name) => name switch
    {
        "portokd" => "Portok.Daemon",
        "portok" => "Portok.Cli",
        _ => RoomMap.Arrows.ContainsKey(name) ? name : null,
    };
}

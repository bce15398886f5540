namespace Portok.Cli.Units;

/// <summary>The names of an instance's units.</summary>
internal static class UnitNames
{
    public static string Service(string instance) => $"portok@{instance}.service";

    public static string Socket(string instance) => $"portok@{instance}.socket";
}

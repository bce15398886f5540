using System.Reflection;

namespace Portok.Architecture.Tests.Code;

/// <summary>No static field of a product can change: neither the field nor, for the usual containers, what it holds.</summary>
internal static class StaticStateRule
{
    public static IEnumerable<string> Check(IEnumerable<Type> types) =>
        from type in types
        where !IsCompilersOwn(type)
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where !field.IsLiteral && (!field.IsInitOnly || IsContainer(field.FieldType))
        select $"{type.FullName}.{field.Name}: static state";

    /// <summary>Cached lambdas and the like; the backing field of a property is in its own type, so it is looked at.</summary>
    private static bool IsCompilersOwn(Type type) =>
        type.Name.StartsWith('<') || type.DeclaringType is { } outer && IsCompilersOwn(outer);

    private static bool IsContainer(Type type)
    {
        string name = type.IsGenericType ? type.GetGenericTypeDefinition().FullName! : type.FullName ?? "";
        return name.StartsWith("System.Collections.Concurrent.", StringComparison.Ordinal)
            || name is "System.Collections.Generic.List`1" or "System.Collections.Generic.Queue`1" or "System.Collections.Generic.Stack`1"
                or "System.Text.StringBuilder" or "System.Runtime.CompilerServices.StrongBox`1";
    }
}

using Portok.Linux.Files;

namespace Portok.Compare.Machine;

/// <summary>What this machine allows.</summary>
internal static class Limits
{
    /// <summary>Descriptors a process may have; .NET raises its own limit to it and children take it over.</summary>
    public static int Descriptors { get; } = DescriptorLimit.Read() is { Ok: true } limit ? Math.Min(limit.Value, 200_000) : 1024;
}

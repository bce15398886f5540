using System.Reflection;

namespace Portok.Daemon.CommandLine;

/// <summary>The version this program was built as.</summary>
internal static class DaemonVersion
{
    /// <summary>For example 2.0.0-alpha.0.12, without the build's commit.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        string full = typeof(DaemonVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        int plus = full.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? full : full[..plus];
    }
}

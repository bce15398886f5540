using System.Reflection;
using System.Text.Json;

namespace Portok.Cli.CommandLine;

/// <summary>Which portok this is.</summary>
internal static class ProductVersion
{
    /// <summary>The version without build metadata, such as "2.0.0".</summary>
    public static string Text { get; } = Read();

    public static void Write(TextWriter to, bool json) =>
        to.WriteLine(json ? JsonSerializer.Serialize(new VersionDocument(Text), CliJson.Readable.VersionDocument) : $"portok {Text}");

    private static string Read()
    {
        string version = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        int metadata = version.IndexOf('+', StringComparison.Ordinal);
        return metadata < 0 ? version : version[..metadata];
    }
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace Portok.Testing;

/// <summary>The machine a result comes from: figures without it mean nothing.</summary>
/// <param name="LoadAverage">Of 1, 5 and 15 minutes, when it was read: before the measuring, what others were doing.</param>
public sealed record MachineFacts(string Processor, int Cores, long MemoryMiB, string System, string Kernel, string Architecture, string Runtime, string LoadAverage)
{
    /// <summary>The facts now.</summary>
    public static MachineFacts Read() => new(
        Field("/proc/cpuinfo", "model name") ?? "unknown",
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20,
        Field("/etc/os-release", "PRETTY_NAME")?.Trim('"') ?? RuntimeInformation.OSDescription,
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        RuntimeInformation.OSArchitecture.ToString(),
        RuntimeInformation.FrameworkDescription,
        string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]));

    /// <summary>All of it in a line, for reports.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture,
        $"{Processor}, {Cores} cores, {MemoryMiB:#,0} MiB, {System}, Linux {Kernel}, {Runtime}; load average before: {LoadAverage}");

    private static string? Field(string path, string name)
    {
        foreach (string line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            int separator = line.IndexOfAny([':', '=']);
            if (separator > 0 && line.AsSpan(0, separator).Trim().SequenceEqual(name))
            {
                return line[(separator + 1)..].Trim();
            }
        }

        return null;
    }
}

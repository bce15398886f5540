using System.Diagnostics;
using System.Globalization;
using Portok.Compare.Processes;
using Portok.Testing;

namespace Portok.Compare.Measuring;

/// <summary>
/// Instructions of a process and its descendants, user and kernel, counted by perf stat: steadier than time where a machine
/// has such a counter. Most virtual machines have none.
/// </summary>
internal sealed class InstructionCounter : IDisposable
{
    private const string Event = "instructions";
    private static readonly Lazy<string?> Perf = new(FindPerf);
    private readonly TempFolder _folder = new();
    private readonly Process _perf;

    private InstructionCounter(string perf, int root)
    {
        var start = new ProcessStartInfo(perf) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])["stat", "-x", ",", "-e", Event, "-o", OutputFile, "-p", string.Join(',', ProcessTree.Ids(root))])
        {
            start.ArgumentList.Add(argument);
        }

        _perf = Process.Start(start) ?? throw new CompareException("perf did not start");
    }

    private string OutputFile => _folder.Combine("perf.csv");

    /// <summary>Begins to count; null where this machine counts no instructions.</summary>
    public static InstructionCounter? Start(int root) => Perf.Value is { } perf ? new InstructionCounter(perf, root) : null;

    /// <summary>Ends the counting.</summary>
    /// <returns>Instructions since the start; null when perf could not tell.</returns>
    public double? Stop()
    {
        if (!_perf.HasExited)
        {
            PosixSignals.Interrupt(_perf.Id);
        }

        return _perf.WaitForExit(TimeSpan.FromSeconds(5)) && File.Exists(OutputFile) ? Read(File.ReadAllText(OutputFile)) : null;
    }

    /// <summary>The count in what "perf stat -x ," writes; null where it says that the event is not supported.</summary>
    internal static double? Read(string csv)
    {
        foreach (string line in csv.Split('\n'))
        {
            string[] parts = line.Split(',');
            if (parts.Length > 2 && parts[2].StartsWith(Event, StringComparison.Ordinal)
                && double.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out double count))
            {
                return count;
            }
        }

        return null;
    }

    private static string? FindPerf()
    {
        if (Tool.Find("perf") is not { } perf)
        {
            return null;
        }

        (int exitCode, string output) = Command.Run(perf, ["stat", "-x", ",", "-e", Event, "true"], TimeSpan.FromSeconds(10));
        return exitCode == 0 && Read(output) > 0 ? perf : null;
    }

    public void Dispose()
    {
        if (!_perf.HasExited)
        {
            _perf.Kill();
        }

        _perf.Dispose();
        _folder.Dispose();
    }
}

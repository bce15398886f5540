using System.Globalization;
using Portok.Testing;

namespace Portok.Compare.Measuring;

/// <summary>
/// CPU time of a process and its descendants. The kernel's network work for a sender runs within its send and is part of it
/// (unless the kernel was built with IRQ_TIME_ACCOUNTING). /proc/PID/stat counts in steps of 10 ms, so the nanoseconds of
/// each thread's schedstat are taken; those of a thread that ended are gone from there, which stat tells.
/// </summary>
internal sealed class ProcessCpu(int root)
{
    /// <summary>stat's two counters are each cut to 10 ms, at either end.</summary>
    private const double StatError = 0.04;

    private readonly Dictionary<int, (double Stat, double Threads)> _before = Read(root);

    /// <summary>Seconds since this was made.</summary>
    public double Seconds()
    {
        double seconds = 0;
        foreach ((int id, (double stat, double threads)) in Read(root))
        {
            (double Stat, double Threads) before = _before.GetValueOrDefault(id);
            seconds += Between(stat - before.Stat, threads - before.Threads);
        }

        return seconds;
    }

    /// <summary>The finer of the two, unless it misses what threads used that have ended.</summary>
    internal static double Between(double stat, double threads) => Math.Abs(stat - threads) > StatError ? Math.Max(stat, threads) : threads;

    private static Dictionary<int, (double Stat, double Threads)> Read(int root) =>
        ProcessTree.Ids(root).ToDictionary(id => id, id => (ProcessStat.Read(id)?.CpuSeconds ?? 0, ThreadSeconds(id)));

    private static double ThreadSeconds(int id)
    {
        double nanoseconds = 0;
        try
        {
            foreach (string thread in Directory.EnumerateDirectories($"/proc/{id}/task"))
            {
                string text = File.ReadAllText(Path.Combine(thread, "schedstat"));
                nanoseconds += double.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
            }
        }
        catch (IOException)
        {
            // A thread or the process has ended meanwhile: what is left is told by stat.
        }

        return nanoseconds / 1e9;
    }
}

using System.Globalization;

namespace Portok.Compare.Measuring;

/// <summary>CPU time of the load: this process and the tools it ran to their end. Servers live on and are not in it.</summary>
internal sealed class LoadCpu
{
    private readonly double _before = Read();

    /// <summary>Seconds since this was made.</summary>
    public double Seconds() => Read() - _before;

    private static double Read()
    {
        // cutime and cstime: children that have been waited for, in hundredths of a second; proc_pid_stat(5).
        string line = File.ReadAllText("/proc/self/stat");
        string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        long children = long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture);
        return Environment.CpuUsage.TotalTime.TotalSeconds + (children / 100.0);
    }
}

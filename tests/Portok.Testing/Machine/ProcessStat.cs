using System.Globalization;

namespace Portok.Testing;

/// <summary>The fields of /proc/PID/stat that matter here; proc_pid_stat(5).</summary>
/// <param name="Id">The process.</param>
/// <param name="Parent">Who started it.</param>
/// <param name="Ticks">User and system time in hundredths of a second.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="ResidentPages">Its resident memory.</param>
public sealed record ProcessStat(int Id, int Parent, long Ticks, int Threads, long ResidentPages)
{
    /// <summary>The kernel reports times in these units a second on every architecture .NET runs on (USER_HZ).</summary>
    private const double TicksPerSecond = 100;

    /// <summary>User and system time of all threads.</summary>
    public double CpuSeconds => Ticks / TicksPerSecond;

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes => ResidentPages * Environment.SystemPageSize;

    /// <summary>A process now; null when there is none of that id.</summary>
    public static ProcessStat? Read(int id)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{id}/stat"));
        }
        catch (IOException)
        {
            // It ended between the listing and the reading.
            return null;
        }
    }

    /// <summary>Reads the one line of that file.</summary>
    public static ProcessStat Parse(string line)
    {
        // The name is in parentheses and may hold spaces and parentheses itself.
        int id = int.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
        string[] rest = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessStat(
            id,
            int.Parse(rest[1], CultureInfo.InvariantCulture),
            long.Parse(rest[11], CultureInfo.InvariantCulture) + long.Parse(rest[12], CultureInfo.InvariantCulture),
            int.Parse(rest[17], CultureInfo.InvariantCulture),
            long.Parse(rest[21], CultureInfo.InvariantCulture));
    }
}

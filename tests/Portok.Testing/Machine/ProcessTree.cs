using System.Globalization;

namespace Portok.Compare.Machine;

/// <summary>What a process and all its descendants have used, read from /proc.</summary>
internal static class ProcessTree
{
    /// <summary>The kernel reports times in these units a second on every architecture .NET runs on (USER_HZ).</summary>
    private const double TicksPerSecond = 100;

    /// <summary>User and system time of all threads of the process and its descendants, in seconds.</summary>
    public static double CpuSeconds(int root) => Members(root).Sum(stat => stat.Ticks) / TicksPerSecond;

    /// <summary>Resident memory of the process and its descendants in KiB. Pages they share count once for each.</summary>
    public static long ResidentKiB(int root) => Members(root).Sum(stat => stat.ResidentPages) * Environment.SystemPageSize / 1024;

    private static IEnumerable<ProcessStat> Members(int root)
    {
        var all = new List<ProcessStat>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) && Read(id) is { } stat)
            {
                all.Add(stat);
            }
        }

        var members = new HashSet<int> { root };
        bool grew = true;
        // More than once: children are listed before their parents when ids have wrapped around.
        while (grew)
        {
            grew = false;
            foreach (ProcessStat stat in all)
            {
                grew |= members.Contains(stat.Parent) && members.Add(stat.Id);
            }
        }

        return all.Where(stat => members.Contains(stat.Id));
    }

    private static ProcessStat? Read(int id)
    {
        try
        {
            return ProcessStat.Parse(File.ReadAllText($"/proc/{id}/stat"));
        }
        catch (IOException)
        {
            // It ended between the listing and the reading.
            return null;
        }
    }
}

/// <summary>The fields of /proc/PID/stat that matter here; proc_pid_stat(5).</summary>
internal sealed record ProcessStat(int Id, int Parent, long Ticks, long ResidentPages)
{
    public static ProcessStat Parse(string line)
    {
        // The name is in parentheses and may hold spaces and parentheses itself.
        int id = int.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
        string[] rest = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessStat(
            id,
            int.Parse(rest[1], CultureInfo.InvariantCulture),
            long.Parse(rest[11], CultureInfo.InvariantCulture) + long.Parse(rest[12], CultureInfo.InvariantCulture),
            long.Parse(rest[21], CultureInfo.InvariantCulture));
    }
}

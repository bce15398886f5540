using System.Globalization;

namespace Portok.Testing;

/// <summary>What a process and all its descendants have used, read from /proc.</summary>
public static class ProcessTree
{
    /// <summary>User and system time of all threads of the process and its descendants, in seconds.</summary>
    public static double CpuSeconds(int root) => Members(root).Sum(stat => stat.CpuSeconds);

    /// <summary>Resident memory of the process and its descendants in KiB. Pages they share count once for each.</summary>
    public static long ResidentKiB(int root) => Members(root).Sum(stat => stat.ResidentBytes) / 1024;

    /// <summary>The process and its descendants that live now.</summary>
    public static IReadOnlyList<int> Ids(int root) => [.. Members(root).Select(stat => stat.Id)];

    private static IEnumerable<ProcessStat> Members(int root)
    {
        var all = new List<ProcessStat>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) && ProcessStat.Read(id) is { } stat)
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
}

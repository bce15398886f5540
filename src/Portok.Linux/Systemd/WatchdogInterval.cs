using System.Globalization;

namespace Portok.Linux.Systemd;

/// <summary>The protocol of sd_watchdog_enabled(3). Pure.</summary>
public static class WatchdogInterval
{
    /// <summary>Names of the variables that carry it.</summary>
    public static IReadOnlyList<string> Variables { get; } = ["WATCHDOG_USEC", "WATCHDOG_PID"];

    /// <summary>After how long a silence the manager kills this process; null when it does not watch it.</summary>
    /// <param name="environment">Reads a variable, null when it is not set.</param>
    /// <param name="processId">This process.</param>
    public static TimeSpan? Find(Func<string, string?> environment, int processId)
    {
        if (!long.TryParse(environment("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
            || microseconds is <= 0 or > uint.MaxValue * 1000L)
        {
            return null;
        }

        string? meant = environment("WATCHDOG_PID");
        bool other = !string.IsNullOrEmpty(meant)
            && !(int.TryParse(meant, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id == processId);
        return other ? null : TimeSpan.FromMicroseconds(microseconds);
    }
}

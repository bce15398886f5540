namespace Portok.Daemon.Settings;

/// <summary>Finds variables whose names look like a mistyped one of ours.</summary>
internal static class UnknownNames
{
    private const int LooksLike = 2;

    /// <summary>Names of others that happen to be near; they are nobody's typing error.</summary>
    private static readonly HashSet<string> Foreign = new(StringComparer.Ordinal)
    {
        "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES", "LISTEN_PIDFDID", "STATE_DIRECTORY", "LOGNAME",
    };

    /// <summary>A warning for each name that is not ours but within two typing errors of one.</summary>
    public static IEnumerable<string> Find(IEnumerable<string> names)
    {
        HashSet<string> ours = SettingCatalogue.All.Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
        foreach (string name in names.Where(n => !ours.Contains(n) && !Foreign.Contains(n)).Order(StringComparer.Ordinal))
        {
            if (Nearest(name.ToUpperInvariant(), ours) is { } nearest)
            {
                yield return $"{LogSafe.Shorten(name)} is not a setting of portokd and does nothing; did you mean {nearest}?";
            }
        }
    }

    /// <summary>Typing errors between two names: inserted, missing, wrong and swapped characters (optimal string alignment).</summary>
    /// <param name="limit">A distance over this is reported as <paramref name="limit"/> + 1.</param>
    public static int Distance(string one, string other, int limit)
    {
        if (Math.Abs(one.Length - other.Length) > limit)
        {
            return limit + 1;
        }

        int[] before = new int[other.Length + 1];
        int[] last = Enumerable.Range(0, other.Length + 1).ToArray();
        int[] row = new int[other.Length + 1];
        for (int i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int wrong = one[i - 1] == other[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + wrong);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return Math.Min(last[other.Length], limit + 1);
    }

    private static string? Nearest(string name, IEnumerable<string> ours)
    {
        (string? best, int distance) = (null, LooksLike + 1);
        foreach (string candidate in ours.Order(StringComparer.Ordinal))
        {
            int d = Distance(name, candidate, LooksLike);
            if (d < distance)
            {
                (best, distance) = (candidate, d);
            }
        }

        return best;
    }
}

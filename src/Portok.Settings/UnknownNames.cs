namespace Portok.Settings;

/// <summary>Finds variables whose names look like a mistyped one of ours.</summary>
public static class UnknownNames
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

    private static string? Nearest(string name, IEnumerable<string> ours)
    {
        (string? best, int distance) = (null, LooksLike + 1);
        foreach (string candidate in ours.Order(StringComparer.Ordinal))
        {
            int d = EditDistance.Between(name, candidate, LooksLike);
            if (d < distance)
            {
                (best, distance) = (candidate, d);
            }
        }

        return best;
    }
}

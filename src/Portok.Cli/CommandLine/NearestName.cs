namespace Portok.Cli.CommandLine;

/// <summary>Finds the name a person most likely meant.</summary>
internal static class NearestName
{
    /// <summary>
    /// The candidate with the smallest edit distance to what was typed, when that is at most 2 and less than the length
    /// of either; a candidate that what was typed begins, or the other way round, counts as near too. Null when none is near.
    /// </summary>
    public static string? Find(string typed, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int best = int.MaxValue;
        foreach (string candidate in candidates.Order(StringComparer.Ordinal))
        {
            int distance = Distance(typed.ToLowerInvariant(), candidate.ToLowerInvariant());
            bool near = (distance <= 2 && distance < Math.Min(typed.Length, candidate.Length))
                || (typed.Length >= 2 && candidate.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
            if (near && distance < best)
            {
                nearest = candidate;
                best = distance;
            }
        }

        return nearest;
    }

    /// <summary>Edit distance in which two swapped neighbours count as one edit ("stauts").</summary>
    internal static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            cost[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            cost[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(substituted, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}

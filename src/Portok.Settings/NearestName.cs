namespace Portok.Settings;

/// <summary>Finds the name a person most likely meant.</summary>
public static class NearestName
{
    private const int LooksLike = 2;

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
            int distance = EditDistance.Between(typed.ToLowerInvariant(), candidate.ToLowerInvariant(), LooksLike);
            bool near = (distance <= LooksLike && distance < Math.Min(typed.Length, candidate.Length))
                || (typed.Length >= 2 && candidate.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
            if (near && distance < best)
            {
                nearest = candidate;
                best = distance;
            }
        }

        return nearest;
    }
}

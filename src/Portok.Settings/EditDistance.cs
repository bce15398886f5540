namespace Portok.Settings;

/// <summary>How many typing errors lie between two names. Pure.</summary>
public static class EditDistance
{
    /// <summary>Inserted, missing, wrong and swapped neighbouring characters (optimal string alignment).</summary>
    /// <param name="limit">A distance over this is reported as <paramref name="limit"/> + 1.</param>
    public static int Between(string one, string other, int limit)
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
}

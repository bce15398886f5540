namespace Portok.Cli.Units;

/// <summary>What changed between two short texts, line by line. Pure.</summary>
internal static class LineDifference
{
    private const int Context = 2;

    /// <summary>Changed lines with '-' (gone) and '+' (new) in front, up to two unchanged ones around them with ' ', "…" where some are left out; empty when both say the same.</summary>
    public static IReadOnlyList<string> Between(string before, string after)
    {
        List<string> all = [.. Edits(before.TrimEnd('\n').Split('\n'), after.TrimEnd('\n').Split('\n'))];
        List<string> shown = [];
        bool leftOut = false;
        for (int i = 0; i < all.Count; i++)
        {
            int from = Math.Max(0, i - Context), to = Math.Min(all.Count - 1, i + Context);
            if (all.GetRange(from, to - from + 1).Exists(line => line[0] != ' '))
            {
                if (leftOut && shown.Count > 0)
                {
                    shown.Add("…");
                }

                shown.Add(all[i]);
                leftOut = false;
            }
            else
            {
                leftOut = true;
            }
        }

        return shown;
    }

    /// <summary>The shortest way from one to the other, by the longest common subsequence of their lines.</summary>
    private static IEnumerable<string> Edits(string[] before, string[] after)
    {
        // common[i, j]: how many lines before[i..] and after[j..] have in common.
        int[,] common = new int[before.Length + 1, after.Length + 1];
        for (int i = before.Length - 1; i >= 0; i--)
        {
            for (int j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = Same(i, j) ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        int old = 0, fresh = 0;
        while (old < before.Length || fresh < after.Length)
        {
            if (old < before.Length && fresh < after.Length && Same(old, fresh))
            {
                yield return " " + before[old++];
                fresh++;
            }
            else if (old < before.Length && (fresh == after.Length || common[old + 1, fresh] >= common[old, fresh + 1]))
            {
                yield return "-" + before[old++];
            }
            else
            {
                yield return "+" + after[fresh++];
            }
        }

        bool Same(int i, int j) => string.Equals(before[i], after[j], StringComparison.Ordinal);
    }
}

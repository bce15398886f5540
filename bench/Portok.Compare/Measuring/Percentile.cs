namespace Portok.Compare.Measuring;

/// <summary>Percentiles of exact values: nothing is rounded into buckets.</summary>
internal static class Percentile
{
    /// <summary>The smallest value that is not below so many percent of all (nearest rank); NaN of none.</summary>
    public static double Of(double[] sorted, double percent) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * percent / 100) - 1, 0, sorted.Length - 1)];

    public static double[] Sorted(IEnumerable<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted;
    }
}

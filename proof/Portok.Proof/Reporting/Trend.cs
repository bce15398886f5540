namespace Portok.Proof;

/// <summary>Whether a figure stays where it is: the straight line nearest to its samples (least squares).</summary>
/// <param name="Slope">Change in a second.</param>
/// <param name="Mean">Mean of the samples.</param>
/// <param name="Growth">What the line grows by from the first sample to the last.</param>
public sealed record Trend(double Slope, double Mean, double Growth)
{
    /// <summary>Of samples at given seconds; without a change when there are fewer than two.</summary>
    public static Trend Of(IReadOnlyList<double> seconds, IReadOnlyList<double> values)
    {
        if (values.Count < 2) return new Trend(0, values.Count == 1 ? values[0] : 0, 0);
        double middle = seconds.Average(), mean = values.Average(), across = 0, along = 0;
        for (int i = 0; i < values.Count; i++)
        {
            across += (seconds[i] - middle) * (values[i] - mean);
            along += (seconds[i] - middle) * (seconds[i] - middle);
        }

        double slope = along > 0 ? across / along : 0;
        return new Trend(slope, mean, slope * (seconds[^1] - seconds[0]));
    }
}

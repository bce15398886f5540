using System.Globalization;

namespace Portok.Proof;

/// <summary>A range of values with ticks at round numbers.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Step">From tick to tick.</param>
internal sealed record Axis(double Low, double High, double Step)
{
    /// <summary>From 0 to the first round number that is not below the highest value.</summary>
    public static Axis Upward(IEnumerable<double> values, int ticks)
    {
        double most = values.DefaultIfEmpty(0).Max();
        if (most <= 0) return new Axis(0, 1, 1);
        double step = Round(most / ticks);
        return new Axis(0, Math.Max(step, Math.Ceiling((most / step) - 1e-9) * step), step);
    }

    /// <summary>Exactly as far as the values go.</summary>
    public static Axis Across(IEnumerable<double> values, int ticks)
    {
        double low = values.DefaultIfEmpty(0).Min(), high = values.DefaultIfEmpty(1).Max();
        if (high <= low) high = low + 1;
        // The first sample is taken a moment after the start.
        if (low > 0 && low < high / 20) low = 0;
        return new Axis(low, high, Round((high - low) / ticks));
    }

    /// <summary>The ticks.</summary>
    public IEnumerable<double> Ticks()
    {
        for (double tick = Math.Round(Math.Ceiling((Low / Step) - 1e-9)) * Step; tick <= High + (Step * 1e-6); tick += Step) yield return tick;
    }

    /// <summary>0 at the lower end, 1 at the upper.</summary>
    public double Place(double value) => (value - Low) / (High - Low);

    /// <summary>A tick's text.</summary>
    public string Text(double tick) => Math.Abs(tick) < Step / 2 ? "0" : tick.ToString(Step >= 1 ? "#,0" : Step >= 0.1 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>The next of 1, 2 and 5 times a power of ten.</summary>
    private static double Round(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step))), times = step / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }
}

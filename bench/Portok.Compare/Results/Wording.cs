using System.Globalization;
using Portok.Compare.Measuring;
using Portok.Compare.Targets;

namespace Portok.Compare.Results;

/// <summary>Figures as people read them, the same on the terminal and in Markdown.</summary>
internal static class Wording
{
    public static string Heading(Figure figure, string unit) => figure.Heading.Replace("{0}", unit, StringComparison.Ordinal);

    public static string Number(double value, string format) => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The median, with the lowest and the highest when they differ.</summary>
    public static string Ranged(Spread? spread, string format) =>
        spread is null ? ""
        : spread.Min == spread.Max ? Number(spread.Median, format)
        : $"{Number(spread.Median, format)} ({Number(spread.Min, format)}–{Number(spread.Max, format)})";

    /// <summary>What a target is about: "CPU µs/request ÷ nginx".</summary>
    public static string What(Target target, string unit) =>
        target.Peer is null ? Heading(target.Figure, unit) : $"{Heading(target.Figure, unit)} ÷ {target.Peer}";

    /// <summary>"≤ 0.85 ✓", or nothing without a bound.</summary>
    public static string Bound(Target target, double? bound, bool? met) =>
        bound is not { } limit ? "" : $"{(target.AtLeast ? "≥" : "≤")} {Number(limit, "0.##")}{(met is { } yes ? yes ? " ✓" : " ✗" : "")}";

    /// <summary>How far the figure is from the bounds it misses: "must by 4 %, goal by 20 %".</summary>
    public static string Shortfall(Verdict verdict)
    {
        string[] parts = [Part("must", verdict.Target.Must), Part("goal", verdict.Target.Goal), verdict.Errors > 0 ? $"{Number(verdict.Errors, "#,0")} requests failed" : ""];
        return string.Join(", ", parts.Where(part => part.Length > 0));

        string Part(string name, double? bound) => verdict.Shortfall(bound) switch
        {
            null or 0 => "",
            double.PositiveInfinity => name,
            { } share => $"{name} by {Number(share * 100, "0")} %",
        };
    }
}

using System.Globalization;

namespace Portok.Compare.Charts;

/// <summary>A line of a chart.</summary>
internal sealed record Line(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Lines over an axis of powers, so that 1 and 5,000 both have room.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Note">How to read it.</param>
/// <param name="XLabel">What runs from left to right.</param>
/// <param name="Lines">The lines.</param>
internal sealed record LineChart(string Title, string Note, string XLabel, IReadOnlyList<Line> Lines)
{
    private const int Width = 860;
    private const int Height = 400;
    private const int Left = 60;
    private const int Right = 30;
    private const int Top = 84;
    private const int Bottom = 50;

    public string ToSvg()
    {
        var svg = new SvgCanvas(Width, Height);
        svg.Text(20, 26, Title, strong: true, size: 16);
        svg.Text(20, 46, Note, "quiet");
        svg.Legend(20, 66, Lines.Select(line => line.Name));
        double[] places = [.. Lines.SelectMany(line => line.Points).Select(point => point.X).Distinct().Order()];
        double step = Step(Lines.SelectMany(line => line.Points).Select(point => point.Y).DefaultIfEmpty(1).Max() / 5);
        double most = Math.Ceiling(Lines.SelectMany(line => line.Points).Select(point => point.Y).DefaultIfEmpty(1).Max() / step) * step;
        for (double tick = 0; tick <= most + (step / 2); tick += step)
        {
            svg.Line(Left, Y(tick), Width - Right, Y(tick), "rule");
            svg.Text(Left - 8, Y(tick) + 4, tick.ToString("0.##", CultureInfo.InvariantCulture), "quiet", "end");
        }

        foreach (double place in places)
        {
            svg.Text(X(place), Height - Bottom + 18, place.ToString("#,0", CultureInfo.InvariantCulture), "quiet", "middle");
        }

        svg.Text(Left + ((Width - Left - Right) / 2.0), Height - 12, XLabel, "quiet", "middle");
        foreach ((int index, Line line) in Lines.Index())
        {
            svg.Path([.. line.Points.Select(point => (X(point.X), Y(point.Y)))], index);
        }

        return svg.ToString();

        double X(double value) => places.Length < 2 ? Left : Left + 10 + ((Width - Left - Right - 20) * Math.Log(value / places[0]) / Math.Log(places[^1] / places[0]));
        double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * value / most);
    }

    /// <summary>The next of 1, 2 and 5 times a power of ten.</summary>
    internal static double Step(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * ((least / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }
}

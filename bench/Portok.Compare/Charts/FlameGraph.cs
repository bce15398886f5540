using System.Globalization;
using Portok.Compare.Profiling;

namespace Portok.Compare.Charts;

/// <summary>
/// A profile as a picture: a frame is as wide as its share of the samples and stands on the one that called it. Side by side
/// means nothing but the order of names.
/// </summary>
internal sealed class FlameGraph(StackTree profile, string note)
{
    private const int Width = 1200, Margin = 10, Top = 62, Row = 16;
    private const double Thinnest = 0.4, CharacterWidth = 6.3;

    public string ToSvg()
    {
        int height = Top + (profile.Depth * Row) + Margin;
        var svg = new SvgCanvas(Width, height);
        svg.Text(Margin, 26, profile.Name, strong: true, size: 16);
        svg.Text(Margin, 46, note, "quiet");
        Draw(svg, profile, Margin, height - Margin - Row, Width - (2 * Margin), depth: 0);
        return svg.ToString();
    }

    private void Draw(SvgCanvas svg, StackTree frame, double x, double y, double wide, int depth)
    {
        double share = (double)frame.Samples / profile.Samples;
        string name = depth == 0 ? "all" : frame.Name;
        int fits = (int)((wide - 6) / CharacterWidth);
        string label = name.Length <= fits ? name : fits > 3 ? name[..(fits - 1)] + "…" : "";
        svg.Box(x, y, wide, Row - 1, Colour(name), label, string.Create(CultureInfo.InvariantCulture, $"{name}: {share:0.0%}"));
        double at = x;
        foreach (StackTree call in frame.Calls)
        {
            double part = wide * call.Samples / frame.Samples;
            if (part >= Thinnest)
            {
                Draw(svg, call, at, y - Row, part, depth + 1);
            }

            at += part;
        }
    }

    /// <summary>One colour for each thing a relay does; the rest goes by its name, always the same.</summary>
    private static int Colour(string name) => name switch
    {
        "managed code" => 3,
        _ when name.StartsWith("ep_", StringComparison.Ordinal) || name.Contains("epoll", StringComparison.Ordinal) => 2,
        _ when name.Contains("send", StringComparison.Ordinal) => 0,
        _ when name.Contains("recv", StringComparison.Ordinal) => 1,
        _ => 5,
    };
}

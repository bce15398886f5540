using System.Globalization;

namespace Portok.Compare.Charts;

/// <summary>Lying bars in groups, one for each series that has a value there.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Note">How to read it, in a line.</param>
/// <param name="Series">Their names, in the order of colours.</param>
/// <param name="Groups">From top to bottom.</param>
/// <param name="Format">Of the value at a bar's end.</param>
/// <param name="Longest">Longer bars are cut here and say their value all the same; null: as long as the longest.</param>
internal sealed record BarChart(string Title, string Note, IReadOnlyList<string> Series, IReadOnlyList<BarGroup> Groups, string Format, double? Longest = null)
{
    private const int Width = 860;
    private const int Left = 340;
    private const int Right = 70;
    private const int Top = 78;
    private const int BarHeight = 11;
    private const int Gap = 12;
    private const int LabelWidth = 30;

    public string ToSvg()
    {
        int height = Top + Groups.Sum(HeightOf) + 16;
        var svg = new SvgCanvas(Width, height);
        svg.Text(20, 26, Title, strong: true, size: 16);
        svg.Text(20, 46, Note, "quiet");
        svg.Legend(20, 66, Series);
        double most = Longest ?? Groups.SelectMany(group => group.Values).OfType<double>().DefaultIfEmpty(1).Max();
        int y = Top + 4;
        foreach (BarGroup group in Groups)
        {
            Draw(svg, group, y, most <= 0 ? 1 : most);
            y += HeightOf(group);
        }

        return svg.ToString();
    }

    private static int HeightOf(BarGroup group) => (group.Values.Count(value => value is not null) * (BarHeight + 2)) + Gap;

    private void Draw(SvgCanvas svg, BarGroup group, int y, double most)
    {
        double scale = (Width - Left - Right) / most;
        int top = y;
        foreach ((int index, double? value) in group.Values.Index())
        {
            if (value is not { } length)
            {
                continue;
            }

            double wide = Math.Min(length, most) * scale;
            svg.Bar(Left, y, wide, BarHeight, index);
            // The marks belong to the first bar; its value stands clear of them.
            double label = Left + wide + 5;
            if (index == 0)
            {
                foreach (double mark in group.Marks.Order().Select(mark => Left + (mark * scale)).Where(mark => mark >= label - 6 && mark < label + LabelWidth))
                {
                    label = mark + 5;
                }
            }

            svg.Text(label, y + BarHeight - 1, length.ToString(Format, CultureInfo.InvariantCulture) + (length > most ? " →" : ""), "quiet", size: 11);
            y += BarHeight + 2;
        }

        svg.Text(Left - 10, top + ((y - top) / 2.0) + 3, group.Name, anchor: "end");
        foreach (double mark in group.Marks)
        {
            svg.Line(Left + (mark * scale), top - 3, Left + (mark * scale), top + BarHeight + 3, "mark", 2);
        }
    }
}

/// <summary>Bars that belong together.</summary>
/// <param name="Name">What they are about.</param>
/// <param name="Values">One for each series; null without.</param>
/// <param name="Marks">Bounds, drawn across.</param>
internal sealed record BarGroup(string Name, IReadOnlyList<double?> Values, IReadOnlyList<double> Marks);

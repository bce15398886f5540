using System.Globalization;
using System.Net;
using System.Text;

namespace Portok.Proof;

/// <summary>Draws a chart: light background, axes with ticks and names, legend at the right of each panel's title.</summary>
internal sealed class SvgWriter(Chart chart)
{
    private const int Width = 960;
    private const int Left = 78;
    private const int Right = 24;
    private const int Top = 52;
    private const int PanelHeight = 150;
    private const int PanelGap = 46;
    private const string Text = "#24292f";
    private const string Quiet = "#57606a";
    private static readonly string[] Colours = ["#0969da", "#cf222e", "#1a7f37", "#9a6700"];
    private readonly StringBuilder _svg = new();

    private int Height => Top + (chart.Panels.Count * (PanelHeight + PanelGap)) + 18;

    public string Write()
    {
        Line($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" font-family="DejaVu Sans, Liberation Sans, Arial, sans-serif" font-size="12">""");
        Line($"""<rect width="{Width}" height="{Height}" fill="#ffffff"/>""");
        Label(Left, 24, chart.Title, "start", Text, "font-size=\"16\" font-weight=\"bold\"");
        Axis x = Axis.Across(chart.Panels.SelectMany(p => p.Series).SelectMany(s => s.Points).Select(p => p.X), 10);
        for (int i = 0; i < chart.Panels.Count; i++) Draw(chart.Panels[i], x, Top + (i * (PanelHeight + PanelGap)));
        Label(Left + (PlotWidth / 2.0), Height - 10, chart.XLabel, "middle", Quiet);
        Line($"</svg>");
        return _svg.ToString();
    }

    private static int PlotWidth => Width - Left - Right;

    private void Draw(Panel panel, Axis x, int top)
    {
        int plot = top + 16, bottom = plot + PanelHeight - 16;
        IEnumerable<double> heights = panel.Series.SelectMany(s => s.Points).Select(p => p.Y);
        Axis y = Axis.Upward(panel.Bound is { } highest ? heights.Append(highest) : heights, 4);
        double X(double value) => Left + (x.Place(value) * PlotWidth);
        double Y(double value) => bottom - (y.Place(value) * (bottom - plot));

        Label(Left, top + 6, panel.Title, "start", Text, "font-weight=\"bold\"");
        foreach (double tick in y.Ticks())
        {
            Line($"""<line x1="{Left}" x2="{Width - Right}" y1="{Y(tick):0.#}" y2="{Y(tick):0.#}" stroke="#d8dee4"/>""");
            Label(Left - 8, Y(tick) + 4, y.Text(tick), "end", Quiet);
        }

        foreach (double tick in x.Ticks())
        {
            Line($"""<line x1="{X(tick):0.#}" x2="{X(tick):0.#}" y1="{bottom}" y2="{bottom + 5}" stroke="{Quiet}"/>""");
            Label(X(tick), bottom + 18, x.Text(tick), "middle", Quiet);
        }

        Line($"""<path d="M{Left},{plot}V{bottom}H{Width - Right}" fill="none" stroke="{Quiet}"/>""");
        if (panel.Bound is { } bound)
        {
            Line($"""<line x1="{Left}" x2="{Width - Right}" y1="{Y(bound):0.#}" y2="{Y(bound):0.#}" stroke="{Text}" stroke-dasharray="5 4"/>""");
        }

        Lines(panel, top, X, Y);
    }

    private void Lines(Panel panel, int top, Func<double, double> x, Func<double, double> y)
    {
        double legend = Width - Right;
        for (int i = panel.Series.Count - 1; i >= 0; i--)
        {
            (Series series, string colour) = (panel.Series[i], Colours[i % Colours.Length]);
            if (series.Points.Count > 0)
            {
                string points = string.Join(' ', series.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{x(p.X):0.#},{y(p.Y):0.#}")));
                Line($"""<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.6" stroke-linejoin="round"/>""");
                if (series.Points.Count <= 40)
                {
                    foreach ((double px, double py) in series.Points) Line($"""<circle cx="{x(px):0.#}" cy="{y(py):0.#}" r="2.6" fill="{colour}"/>""");
                }
            }

            Label(legend, top + 6, series.Name, "end", colour);
            legend -= (series.Name.Length * 7.2) + 8;
            Line($"""<line x1="{legend - 14:0.#}" x2="{legend:0.#}" y1="{top + 2}" y2="{top + 2}" stroke="{colour}" stroke-width="2.5"/>""");
            legend -= 28;
        }
    }

    private void Label(double x, double y, string text, string anchor, string colour, string more = "")
        => Line($"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}" fill="{colour}" {more}>{WebUtility.HtmlEncode(text)}</text>""");

    private void Line(FormattableString line) => _svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}

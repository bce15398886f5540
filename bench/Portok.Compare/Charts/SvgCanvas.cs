using System.Globalization;
using System.Net;
using System.Text;

namespace Portok.Compare.Charts;

/// <summary>
/// Shapes and words of a picture. It has a background of its own and follows the reader's choice of light or dark, so it can be
/// read on either.
/// </summary>
internal sealed class SvgCanvas(int width, int height)
{
    private const string Style = """
        <style>
        .back{fill:#fff}.text{fill:#1f2328}.quiet{fill:#59636e}.rule{stroke:#d1d9e0}.axis{stroke:#59636e;fill:none}.mark{stroke:#1f2328}
        .f0{fill:#0969da}.f1{fill:#1a7f37}.f2{fill:#bc4c00}.f3{fill:#8250df}.f4{fill:#bf3989}.f5{fill:#9a6700}
        .l0{stroke:#0969da}.l1{stroke:#1a7f37}.l2{stroke:#bc4c00}.l3{stroke:#8250df}.l4{stroke:#bf3989}.l5{stroke:#9a6700}
        @media (prefers-color-scheme:dark){
        .back{fill:#0d1117}.text{fill:#f0f6fc}.quiet{fill:#9198a1}.rule{stroke:#3d444d}.axis{stroke:#9198a1}.mark{stroke:#f0f6fc}
        .f0{fill:#4493f8}.f1{fill:#3fb950}.f2{fill:#f0883e}.f3{fill:#ab7df8}.f4{fill:#db61a2}.f5{fill:#d29922}
        .l0{stroke:#4493f8}.l1{stroke:#3fb950}.l2{stroke:#f0883e}.l3{stroke:#ab7df8}.l4{stroke:#db61a2}.l5{stroke:#d29922}}
        </style>
        """;

    private readonly StringBuilder _shapes = new();

    /// <summary>As many colours as there are; more series begin again.</summary>
    public const int Colours = 6;

    public void Text(double x, double y, string text, string look = "text", string anchor = "start", bool strong = false, int size = 12) =>
        Add($"""<text x="{x:0.#}" y="{y:0.#}" class="{look}" text-anchor="{anchor}" font-size="{size}"{(strong ? " font-weight=\"bold\"" : "")}>{WebUtility.HtmlEncode(text)}</text>""");

    public void Line(double x1, double y1, double x2, double y2, string look, double thick = 1) =>
        Add($"""<line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" class="{look}" stroke-width="{thick:0.#}"/>""");

    public void Bar(double x, double y, double wide, double high, int colour) =>
        Add($"""<rect x="{x:0.#}" y="{y:0.#}" width="{Math.Max(0, wide):0.#}" height="{high:0.#}" rx="1.5" class="f{colour % Colours}"/>""");

    /// <summary>A frame with a label inside, and words that are shown when it is pointed at.</summary>
    public void Box(double x, double y, double wide, double high, int colour, string label, string tip)
    {
        Add($"""<g><title>{WebUtility.HtmlEncode(tip)}</title><rect x="{x:0.##}" y="{y:0.#}" width="{Math.Max(0, wide - 0.3):0.##}" height="{high:0.#}" class="f{colour % Colours}" fill-opacity="0.45"/>""");
        if (label.Length > 0)
        {
            Text(x + 3, y + high - 4, label, size: 11);
        }

        Add($"</g>");
    }

    public void Path(IReadOnlyList<(double X, double Y)> points, int colour)
    {
        string path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));
        Add($"""<polyline points="{path}" fill="none" stroke-width="2" stroke-linejoin="round" class="l{colour % Colours}"/>""");
        foreach ((double x, double y) in points)
        {
            Add($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="3" class="f{colour % Colours}"/>""");
        }
    }

    /// <summary>Names of the series in a row.</summary>
    public void Legend(double x, double y, IEnumerable<string> names)
    {
        foreach ((int index, string name) in names.Index())
        {
            Bar(x, y - 9, 10, 10, index);
            Text(x + 15, y, name);
            x += 34 + (name.Length * 7);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="system-ui, 'DejaVu Sans', 'Liberation Sans', sans-serif">{"\n"}{Style}{"\n"}<rect width="{width}" height="{height}" class="back"/>{"\n"}{_shapes}</svg>{"\n"}""");

    private void Add(FormattableString shape) => _shapes.Append(shape.ToString(CultureInfo.InvariantCulture)).Append('\n');
}

namespace Portok.Proof;

/// <summary>A line of a chart.</summary>
/// <param name="Name">As the legend has it.</param>
/// <param name="Points">x and y.</param>
public sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>One pair of axes with its lines.</summary>
/// <param name="Title">What is shown, with its unit.</param>
/// <param name="Series">At most four lines.</param>
/// <param name="Bound">A height that must not be passed, drawn as a broken line; null without.</param>
public sealed record Panel(string Title, IReadOnlyList<Series> Series, double? Bound = null);

/// <summary>Panels one under the other that share their x axis, as a picture in SVG.</summary>
/// <param name="Title">The heading.</param>
/// <param name="XLabel">What runs from left to right, with its unit.</param>
/// <param name="Panels">From top to bottom.</param>
public sealed record Chart(string Title, string XLabel, IReadOnlyList<Panel> Panels)
{
    /// <summary>The picture.</summary>
    public string ToSvg() => new SvgWriter(this).Write();
}

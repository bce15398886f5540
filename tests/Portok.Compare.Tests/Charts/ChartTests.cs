using System.Globalization;
using System.Xml.Linq;
using Portok.Compare.Charts;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Charts;

public sealed class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Bars_BeyondTheLongest_AreCutAndSayTheirValue()
    {
        var chart = new BarChart("<title>", "note", ["a", "b"], [new BarGroup("x & y", [1.0, 9.0], [0.5])], "0.00", Longest: 2);

        var picture = XDocument.Parse(chart.ToSvg());

        double[] widths = [.. Bars(picture, "f0").Concat(Bars(picture, "f1"))];
        widths[1].ShouldBe(widths[0] * 2, 0.2);
        Texts(picture).ShouldContain(text => string.Equals(text, "9.00 →", StringComparison.Ordinal));
        Texts(picture).ShouldContain(text => string.Equals(text, "x & y", StringComparison.Ordinal));
    }

    [Fact]
    public void Bars_SeriesWithoutAValue_HasNoBar()
    {
        var picture = XDocument.Parse(new BarChart("t", "n", ["a", "b"], [new BarGroup("x", [1.0, null], [])], "0").ToSvg());

        Bars(picture, "f1").ShouldBeEmpty();
    }

    /// <summary>One colour for light and one for dark pages: the reader's system chooses.</summary>
    [Fact]
    public void Pictures_FollowTheReadersChoiceOfDark() =>
        new LineChart("t", "n", "x", [new Line("a", [(1, 1), (10, 2)])]).ToSvg().ShouldContain("prefers-color-scheme:dark");

    [Fact]
    public void Lines_PowersOfConnections_AreEquallyFarApart()
    {
        var picture = XDocument.Parse(new LineChart("t", "n", "x", [new Line("a", [(1, 1), (10, 1), (100, 1)])]).ToSvg());

        double[] xs = [.. picture.Descendants(Svg + "circle").Select(circle => Number(circle, "cx"))];
        (xs[2] - xs[1]).ShouldBe(xs[1] - xs[0], 0.2);
    }

    [Theory]
    [InlineData(0.13, 0.2)]
    [InlineData(3, 5)]
    [InlineData(60, 100)]
    public void Step_IsTheNextRoundNumber(double least, double expected) => LineChart.Step(least).ShouldBe(expected, 1e-9);

    /// <summary>Without the squares of the legend, which are 10 wide.</summary>
    private static IEnumerable<double> Bars(XDocument picture, string look) =>
        picture.Descendants(Svg + "rect").Where(bar => string.Equals(bar.Attribute("class")?.Value, look, StringComparison.Ordinal)).Select(bar => Number(bar, "width")).Where(wide => wide != 10);

    private static IEnumerable<string> Texts(XDocument picture) => picture.Descendants(Svg + "text").Select(text => text.Value);

    private static double Number(XElement shape, string name) => double.Parse(shape.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}

using System.Xml.Linq;
using Portok.Compare.Results;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Results;

public sealed class MarkdownReportTests
{
    [Fact]
    public void Text_MeasuredTarget_StandsBesideItsFigure()
    {
        string page = MarkdownReport.Text([Example.Result("1k-64", ("portokd", 1, 7.9), ("nginx", 1, 10), ("haproxy", 1, 15.8))], []);

        page.ShouldContain("| keep-alive, 1 KiB, 64 connections | CPU µs/request ÷ nginx | 0.79 | ≤ 0.85 ✓ | ≤ 0.7 ✗ | goal by 13 % | haproxy 0.50 |");
    }

    [Fact]
    public void Text_FailedRequests_KeepNoBound()
    {
        string page = MarkdownReport.Text([Example.Result("1k-64", 12, ("portokd", 1, 5), ("nginx", 1, 10))], []);

        page.ShouldContain("| 0.50 | ≤ 0.85 ✗ | ≤ 0.7 ✗ | 12 requests failed |");
        page.ShouldContain("Failed requests in all runs: 12");
    }

    [Fact]
    public void Text_PeerThatWasNotThere_IsSaid() =>
        MarkdownReport.Text([Example.Result("1k-64", ("portokd", 1, 5))], []).ShouldContain("without yarp: not built");

    [Fact]
    public void Text_SmallAndManyConnections_SaysHowCostGrows() =>
        MarkdownReport.Text([Example.Result("12b-64", ("portokd", 1, 10)), Example.Result("12b-500", ("portokd", 1, 12))], [])
            .ShouldContain("| CPU per request at 500 connections ÷ that at 64 | CPU µs/request | 1.20 | ≤ 1.1 ✗ |");

    [Fact]
    public void Write_Folder_HoldsThePageAndItsPictures()
    {
        using var folder = new TempFolder();
        var store = new ResultStore(folder.Path);
        store.Save(Example.Result("12b-64", ("portokd", 1, 8), ("nginx", 1, 10)));
        store.Save(Example.Result("curve-0064", ("portokd", 1, 8), ("nginx", 1, 10)));
        store.Save(Example.Result("curve-5000", ("portokd", 1, 9), ("nginx", 1, 20)));

        string page = File.ReadAllText(MarkdownReport.Write(store));

        foreach (string picture in (string[])["cpu.svg", "curve.svg"])
        {
            page.ShouldContain($"({picture})");
            XDocument.Parse(File.ReadAllText(folder.Combine(picture))).Root!.Name.LocalName.ShouldBe("svg");
        }
    }
}

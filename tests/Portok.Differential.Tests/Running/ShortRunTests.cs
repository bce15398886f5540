using Portok.Differential.Cases;
using Portok.Differential.Peers;
using Portok.Differential.Running;
using Shouldly;
using Xunit;
using Case = Portok.Differential.Cases.Case;

namespace Portok.Differential.Tests.Running;

/// <summary>The differential run in short: every case once, through Portok alone, with every judge.</summary>
public sealed class ShortRunTests
{
    private const int Lanes = 8;

    private static readonly IReadOnlyList<Case> Cases = CaseFile.Read(Path.Combine(AppContext.BaseDirectory, "Corpus"));

    [Fact]
    public async Task Cases_Whole_ComeOutAsTheCorpusSaysAndAreReadAlike()
    {
        DifferentialRun run = await RunAsync(Cases);

        run.Faults.ShouldBeEmpty();
        run.Judged.Select(result => result.Judge).Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public async Task Case_ExpectedOtherwise_IsAFault()
    {
        Case ordinary = Cases.First(scripted => scripted.Name == "get") with { Expect = ["400"], Target = "/other" };
        Case answer = Cases.First(scripted => scripted.Name == "r-length") with { Expect = ["502"], Content = [1], Reuse = false };

        DifferentialRun run = await RunAsync([ordinary, answer], lanes: 1);

        run.Faults.Select(fault => fault.Split(':')[0]).ShouldBe(["get (whole)", "get (whole)", "r-length (whole)", "r-length (whole)", "r-length (whole)"]);
    }

    private static Task<DifferentialRun> RunAsync(IReadOnlyList<Case> cases, int lanes = Lanes) =>
        DifferentialRun.RunAsync(cases, [new PortokPeer()], lanes, (_, _) => [Split.Whole]);
}

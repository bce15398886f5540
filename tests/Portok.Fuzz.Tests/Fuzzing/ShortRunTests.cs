using Portok.Fuzz.Fuzzing;
using Portok.Fuzz.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Fuzz.Tests.Fuzzing;

public class ShortRunTests
{
    [Theory]
    [InlineData("request-head", 20_000, 900)]
    [InlineData("response-head", 20_000, 600)]
    [InlineData("chunked-body", 20_000, 250)]
    [InlineData("websocket-frames", 20_000, 60)]
    [InlineData("connection", 3_000, 2500)]
    public void Fuzz_BoundedRunFromTheKeptCorpus_FindsNothingAndReachesDeep(string target, int executions, int edges)
    {
        Fuzzer run = GuidedRun.Of(target, executions);

        run.Finds.ShouldBeEmpty(run.Finds.Tell());
        run.Executions.ShouldBe(executions);
        run.Edges.ShouldBeGreaterThan(edges);
    }

    [Fact]
    public void Fuzz_SameSeed_IsTheSameRun()
    {
        Fuzzer first = GuidedRun.Of("request-head", 3_000, fromCorpus: false), second = GuidedRun.Of("request-head", 3_000, fromCorpus: false);

        second.Edges.ShouldBe(first.Edges);
        second.Queue.Inputs.Select(i => EscapedBytes.Write(i)).ShouldBe(first.Queue.Inputs.Select(i => EscapedBytes.Write(i)));
    }
}

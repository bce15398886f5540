using Portok.Fuzz.Coverage;
using Portok.Fuzz.Fuzzing;
using Portok.Fuzz.Tests.Support;
using Shouldly;
using Xunit;

namespace Portok.Fuzz.Tests.Coverage;

public class GuidanceTests
{
    private const int Budget = 200_000;

    [Fact]
    public void Fuzz_FaultBehindFourDoors_IsFoundByGuidanceAndNotByBlindMutation()
    {
        string assembly = typeof(Maze).Assembly.GetName().Name!;
        var map = new CoverageMap();
        using var code = new InstrumentedCode(map, planted: null, (assembly, static type => type.EndsWith(nameof(Maze), StringComparison.Ordinal)), ("Portok.Fuzz", null));
        var guided = new Fuzzer(code.Make(assembly, typeof(Maze).FullName!, nameof(Maze.MakeRun)), seed: 1, [[0]], 8, map, code.Begin);
        var blind = new Fuzzer(Maze.MakeRun(), seed: 1, [[0]], 8, map: null);

        guided.Run([new byte[8]], new FuzzBounds(Budget));
        blind.Run([new byte[8]], new FuzzBounds(Budget));

        guided.Edges.ShouldBeGreaterThan(4);
        guided.Finds.ShouldHaveSingleItem().Message.ShouldBe("the end of the maze");
        guided.Finds.Single().Input.ShouldBe("zq7!"u8.ToArray(), "a find is made as small as it can be");
        blind.Finds.ShouldBeEmpty();
    }
}

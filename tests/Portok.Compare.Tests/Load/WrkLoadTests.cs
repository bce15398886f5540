using Portok.Compare.Load;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Load;

public sealed class WrkLoadTests
{
    [Fact]
    public void Parse_LineOfTheScript_GivesSecondsAndMilliseconds() =>
        WrkLoad.Parse("portok-compare: 195000 2000500 610 900 1470 3")
            .ShouldBe(new LoadResult(195000, 2.0005, 0.61, 0.9, 1.47, 3));
}
